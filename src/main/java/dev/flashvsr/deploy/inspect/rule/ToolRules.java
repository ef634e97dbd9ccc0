package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Tools;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commands that are there or not; what is missing is a plain FAIL. Limits: {@code least_version} (cmake, git),
 * {@code cmake_least_version} (build-tools).
 */
final class ToolRules {
    private ToolRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "compilers", (requirement, evidence) -> all(evidence, List.of("gcc", "g++")),
                "build-tools", ToolRules::buildTools,
                "cmake", (requirement, evidence) -> one(requirement, evidence, "cmake"),
                "ninja", (requirement, evidence) -> one(requirement, evidence, "ninja"),
                "git", (requirement, evidence) -> one(requirement, evidence, "git"),
                "git-lfs", (requirement, evidence) -> one(requirement, evidence, "git-lfs"));
    }

    private static Judgement one(Requirement requirement, Evidence evidence, String name) {
        Optional<Tools> tools = Tools.of(evidence);
        if (tools.isEmpty()) {
            return Unread.of(evidence, "tools.versions");
        }
        return tools.get()
                .find(name)
                .map(tool -> tool.version()
                        .map(version -> old(version, Limits.version(requirement, "least_version", 0, 0), name))
                        .orElseGet(() -> warn(
                                name + " is at " + tool.path() + ", but doesn't say its version.",
                                name + " лежит в " + tool.path() + ", но версии не называет.")))
                .orElseGet(() -> fail("There is no " + name + ".", name + " нет."));
    }

    private static Judgement old(Version version, Version least, String name) {
        return version.atLeast(least)
                ? pass(name + " " + version + ".", name + " " + version + ".")
                : fail(
                        name + " " + version + " is too old: " + least + " is needed.",
                        name + " " + version + " слишком стар: нужен " + least + ".");
    }

    private static Judgement all(Evidence evidence, List<String> names) {
        Optional<Tools> tools = Tools.of(evidence);
        if (tools.isEmpty()) {
            return Unread.of(evidence, "tools.versions");
        }
        List<String> missing = tools.get().missing(names);
        if (!missing.isEmpty()) {
            String list = String.join(", ", missing);
            return fail("Not there: " + list + ".", "Нет: " + list + ".");
        }
        List<String> found = new ArrayList<>();
        for (String name : names) {
            String version = tools.get()
                    .find(name)
                    .flatMap(Tools.Tool::version)
                    .map(Version::toString)
                    .orElse("?");
            found.add(name + " " + version);
        }
        String list = String.join(", ", found);
        return pass(list + ".", list + ".");
    }

    private static Judgement buildTools(Requirement requirement, Evidence evidence) {
        Judgement there = all(evidence, List.of("gcc", "g++", "cmake", "ninja"));
        Optional<Version> cmake =
                Tools.of(evidence).flatMap(tools -> tools.find("cmake")).flatMap(Tools.Tool::version);
        Version least = Limits.version(requirement, "cmake_least_version", 3, 18);
        return there.verdict() == Verdict.PASS
                        && cmake.filter(version -> !version.atLeast(least)).isPresent()
                ? old(cmake.get(), least, "cmake")
                : there;
    }
}
