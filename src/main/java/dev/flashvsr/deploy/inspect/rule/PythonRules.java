package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Conda;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.Python;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pythons and what lies in them. Limits: {@code exact_version} (python-311), {@code pass_gib} (environments).
 */
final class PythonRules {
    private static final int SHOWN = 6;
    private static final double GIB = 1L << 30;

    private PythonRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "python-311", PythonRules::exact,
                "python-any", PythonRules::any,
                "pip", PythonRules::pip,
                "conda", PythonRules::conda,
                "environments", PythonRules::environments);
    }

    private static Judgement exact(Requirement requirement, Evidence evidence) {
        Optional<List<Python>> all = Python.of(evidence);
        if (all.isEmpty()) {
            return Unread.of(evidence, "python.found");
        }
        Version wanted = Limits.version(requirement, "exact_version", 3, 11);
        Optional<Python> exact =
                all.get().stream().filter(one -> one.version().equals(wanted)).findFirst();
        if (exact.isPresent()) {
            return pass(
                    "Python " + wanted + " (" + exact.get().path() + ").",
                    "Python " + wanted + " (" + exact.get().path() + ").");
        }
        Optional<Python> near = all.get().stream()
                .filter(one ->
                        one.version().major() == wanted.major() && one.version().minor() == wanted.minor())
                .findFirst();
        return near.map(one -> warn(
                        "Python " + one.version() + " instead of " + wanted
                                + "; the deploy brings that one in an environment of its own.",
                        "Python " + one.version() + " вместо " + wanted
                                + "; установка приносит нужный в своём окружении."))
                .orElseGet(() -> fail("There is no Python " + wanted + ".", "Python " + wanted + " нет."));
    }

    private static Judgement any(Requirement requirement, Evidence evidence) {
        return Python.of(evidence)
                .map(all -> all.isEmpty()
                        ? fail("There is no Python.", "Python нет.")
                        : pass(
                                "Python " + list(all, Python::version) + ".",
                                "Python " + list(all, Python::version) + "."))
                .orElseGet(() -> Unread.of(evidence, "python.found"));
    }

    private static Judgement pip(Requirement requirement, Evidence evidence) {
        Optional<List<Python>> all = Python.of(evidence);
        if (all.isEmpty()) {
            return Unread.of(evidence, "python.found");
        }
        List<Python> with = all.get().stream()
                .filter(one -> one.is("pip") || one.is("ensurepip"))
                .toList();
        if (with.isEmpty() && all.get().stream().anyMatch(one -> one.is("unlisted"))) {
            return Judgement.unknown(
                    "Whether this Python has pip was not shown.", "Есть ли у этого Python pip, не показано.");
        }
        if (with.isEmpty()) {
            return fail("No Python here has pip.", "Ни в одном Python нет pip.");
        }
        return with.stream().allMatch(one -> one.is("managed"))
                ? warn(
                        "pip must not install into the system's Python here (PEP 668); the deploy uses an environment of its own.",
                        "Ставить pip'ом в системный Python здесь нельзя (PEP 668); установка использует своё окружение.")
                : pass(
                        "pip is there, and in an environment of our own it can be upgraded.",
                        "pip есть, в своём окружении его можно обновлять.");
    }

    private static Judgement conda(Requirement requirement, Evidence evidence) {
        return Conda.of(evidence)
                .map(all -> all.isEmpty() ? fail("There is no conda.", "conda нет.") : pass(named(all), named(all)))
                .orElseGet(() -> Unread.of(evidence, "conda.found"));
    }

    private static String named(List<Conda> all) {
        return all.stream()
                .limit(SHOWN)
                .map(one ->
                        one.kind() + one.version().map(version -> " " + version).orElse("") + " (" + one.path() + ")")
                .collect(Collectors.joining(", ", "", "."));
    }

    private static Judgement environments(Requirement requirement, Evidence evidence) {
        Optional<Place> place = Disk.of(evidence).flatMap(Disk::chosen);
        if (place.isEmpty() || place.get().free().isEmpty()) {
            return Unread.of(evidence, "disk.df");
        }
        String path = place.get().path();
        if (!place.get().isLookedAt() && place.get().lets()) {
            String free = Amounts.gib(place.get().free().getAsLong());
            return Judgement.unknown(
                    free + " are free in " + path + "; whether it can be written was not shown.",
                    "В " + path + " свободно " + free + "; можно ли туда писать, не показано.");
        }
        if (!place.get().writable() || !place.get().lets()) {
            return fail(
                    path + " can't be written, or lets no programs run.",
                    "В " + path + " нельзя писать или запускать программы.");
        }
        double free = place.get().free().getAsLong();
        return free >= Limits.of(requirement, "pass_gib", 15) * GIB
                ? pass(
                        "Yes: " + Amounts.gib(free) + " are free in " + path + ".",
                        "Да: в " + path + " свободно " + Amounts.gib(free) + ".")
                : warn(
                        "Only " + Amounts.gib(free) + " are free in " + path
                                + ": an environment with PyTorch takes about 10.",
                        "В " + path + " свободно лишь " + Amounts.gib(free)
                                + ": окружение с PyTorch занимает около 10.");
    }

    /** What they are by this, each once, the first few. */
    static <T> String list(Collection<T> all, java.util.function.Function<T, ?> what) {
        return all.stream()
                .map(what)
                .map(String::valueOf)
                .distinct()
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
    }
}
