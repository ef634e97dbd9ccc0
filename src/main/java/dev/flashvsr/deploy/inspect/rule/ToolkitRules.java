package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.unknown;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.BenchCompile;
import dev.flashvsr.deploy.inspect.facts.Compilers;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.NetSpeed;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.Toolkit;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CUDA's compiler and the one below it. Limits: {@code least_version}, {@code build_version}, {@code too_new_version}
 * (cuda-toolkit, cuda-compile), {@code pass_gib}, {@code least_gib} (cuda-installable), and for host-compiler
 * {@code cuda_X_Y_most_version}: from that toolkit on, the newest gcc that it takes (NVIDIA's installation guides).
 */
final class ToolkitRules {
    private static final Pattern MOST = Pattern.compile("cuda_([0-9]{1,2})_([0-9]{1,2})_most_version");
    private static final double GIB = 1L << 30;

    private ToolkitRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "cuda-toolkit", ToolkitRules::toolkit,
                "cuda-installable", ToolkitRules::installable,
                "cuda-compile", ToolkitRules::compile,
                "host-compiler", ToolkitRules::host);
    }

    /** The newest that builds can use: with headers, not too old and not too new. */
    private static Optional<Toolkit> usable(Requirement requirement, List<Toolkit> all) {
        Version build = Limits.version(requirement, "build_version", 12, 4);
        Version tooNew = Limits.version(requirement, "too_new_version", 13, 0);
        return all.stream()
                .filter(Toolkit::headers)
                .filter(kit -> kit.version()
                        .filter(v -> v.atLeast(build) && !v.atLeast(tooNew))
                        .isPresent())
                .max(Comparator.comparing(kit -> kit.version().orElseThrow()));
    }

    private static Judgement toolkit(Requirement requirement, Evidence evidence) {
        Optional<List<Toolkit>> all = Toolkit.of(evidence);
        if (all.isEmpty()) {
            return Unread.of(evidence, "nvcc.found");
        }
        Optional<Toolkit> usable = usable(requirement, all.get());
        if (usable.isPresent()) {
            String text = "CUDA " + usable.get().version().orElseThrow() + " ("
                    + usable.get().path() + ").";
            return pass(text, text);
        }
        Version least = Limits.version(requirement, "least_version", 12, 0);
        Version tooNew = Limits.version(requirement, "too_new_version", 13, 0);
        String found = all.get().stream()
                .map(kit ->
                        kit.version().map(Version::toString).orElse("?") + (kit.headers() ? "" : " without headers"))
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        boolean twelve = all.get().stream()
                .flatMap(kit -> kit.version().stream())
                .anyMatch(version -> version.atLeast(least) && !version.atLeast(tooNew));
        if (twelve) {
            return warn(
                    "CUDA Toolkit " + found
                            + ": a 12, but none that these kernels build with; the step cuda-compiler brings its own.",
                    "CUDA Toolkit " + found.replace(" without headers", " без заголовков")
                            + ": это 12-я, но эти ядра ею не собрать; шаг cuda-compiler приносит свою.");
        }
        return found.isEmpty()
                ? fail("There is no CUDA compiler (nvcc).", "Компилятора CUDA (nvcc) нет.")
                : fail(
                        "Only CUDA Toolkit " + found + ": a 12 is needed.",
                        "Есть только CUDA Toolkit " + found.replace(" without headers", " без заголовков")
                                + ", а нужен 12.");
    }

    private static Judgement installable(Requirement requirement, Evidence evidence) {
        Optional<Place> place = Disk.of(evidence).flatMap(Disk::chosen);
        Optional<NetSpeed> conda = NetSpeed.labelled(NetSpeed.of(evidence, "net.conda", "net.conda.quick"), "conda");
        if (place.isEmpty() || place.get().free().isEmpty()) {
            return Unread.of(evidence, "disk.df");
        }
        if (conda.isEmpty()
                || conda.get().how().equals("no-address")
                || conda.get().how().equals("opens-but-no-tool")) {
            return unknown(
                    "Whether conda-forge, where the compiler comes from, can be reached is not known.",
                    "Доступен ли conda-forge, откуда берётся компилятор, неизвестно.");
        }
        if (!conda.get().reached()) {
            return fail(
                    "conda-forge, where the compiler comes from, can't be reached ("
                            + NetRules.why(conda.get()).en() + ").",
                    "conda-forge, откуда берётся компилятор, недоступен ("
                            + NetRules.why(conda.get()).ru() + ").");
        }
        double free = place.get().free().getAsLong();
        String room = Amounts.gib(free);
        if (free < Limits.of(requirement, "least_gib", 1) * GIB) {
            return fail(
                    "Only " + room + " are free in " + place.get().path() + ".",
                    "В " + place.get().path() + " свободно лишь " + room + ".");
        }
        return free < Limits.of(requirement, "pass_gib", 8) * GIB
                ? warn(
                        "The small compiler of conda-forge fits (" + room + " free), a whole toolkit does not.",
                        "Малый компилятор с conda-forge поместится (свободно " + room + "), целый Toolkit — нет.")
                : pass(
                        "Yes, without root: conda-forge is reachable, and " + room + " are free.",
                        "Да, и без root: conda-forge доступен, свободно " + room + ".");
    }

    private static Judgement compile(Requirement requirement, Evidence evidence) {
        Optional<BenchCompile> proof = BenchCompile.of(evidence);
        if (proof.isPresent()) {
            return proved(proof.get());
        }
        Optional<List<Toolkit>> kits = Toolkit.of(evidence);
        Optional<Compilers> compilers = Compilers.of(evidence);
        if (kits.isEmpty() || compilers.isEmpty()) {
            return Unread.of(evidence, kits.isEmpty() ? "nvcc.found" : "tools.versions");
        }
        if (usable(requirement, kits.get()).isEmpty() || compilers.get().all().isEmpty()) {
            String what = compilers.get().all().isEmpty() ? "g++" : "nvcc";
            return fail("There is no " + what + " that fits yet.", "Подходящего " + what + " пока нет.");
        }
        return warn(
                "All that compiling needs is there; only a compiled kernel (inspect --bench) proves it.",
                "Всё для сборки есть; доказывает лишь собранное ядро (inspect --bench).");
    }

    private static Judgement proved(BenchCompile proof) {
        if (proof.ran()) {
            return pass("A CUDA kernel was compiled and ran.", "Пробное ядро CUDA собрано и выполнено.");
        }
        return proof.compiled()
                ? fail(
                        "A small CUDA kernel was compiled, but did not run: " + proof.why() + ".",
                        "Пробное ядро CUDA собрано, но не выполнено: " + proof.why() + ".")
                : fail(
                        "A small CUDA kernel could not be compiled: " + proof.why() + ".",
                        "Собрать пробное ядро CUDA не удалось: " + proof.why() + ".");
    }

    private static Judgement host(Requirement requirement, Evidence evidence) {
        Optional<Compilers> compilers = Compilers.of(evidence);
        if (compilers.isEmpty()) {
            return Unread.of(evidence, "tools.versions");
        }
        // Where the box has no toolkit to use, the playbook's step installs this one.
        Version toolkit = Toolkit.of(evidence)
                .flatMap(all -> usable(requirement, all))
                .flatMap(Toolkit::version)
                .orElse(new Version(12, 4, 0));
        Version most = most(requirement, toolkit);
        if (compilers.get().all().isEmpty()) {
            return fail("There is no g++.", "g++ нет.");
        }
        return compilers
                .get()
                .noNewerThan(most)
                .map(one -> pass(
                        one.gxx() + " " + one.version() + ", and CUDA " + toolkit + " takes up to " + most.major()
                                + ".",
                        one.gxx() + " " + one.version() + ", а CUDA " + toolkit + " принимает до " + most.major()
                                + "."))
                .orElseGet(() -> fail(
                        "g++ " + compilers.get().all().get(0).version() + " is too new for CUDA " + toolkit
                                + ", which takes up to " + most.major() + ".",
                        "g++ " + compilers.get().all().get(0).version() + " слишком нов для CUDA " + toolkit
                                + ": она принимает до " + most.major() + "."));
    }

    private static Version most(Requirement requirement, Version toolkit) {
        Version best = new Version(13, 0, 0);
        Version from = new Version(0, 0, 0);
        for (Map.Entry<String, Double> limit : requirement.limits().entrySet()) {
            Matcher name = MOST.matcher(limit.getKey());
            if (name.matches()) {
                Version since = new Version(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)), 0);
                if (toolkit.atLeast(since) && since.atLeast(from)) {
                    from = since;
                    best = Version.ofLimit(limit.getValue());
                }
            }
        }
        return best;
    }
}
