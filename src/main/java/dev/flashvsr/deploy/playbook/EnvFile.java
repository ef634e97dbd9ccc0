package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A map of variables in a file of its own: {@code env/NAME.yaml}. */
public final class EnvFile {
    private static final String DIRECTORY = "env";
    private static final String SUFFIX = ".yaml";

    private EnvFile() {}

    /**
     * The file that {@code --env} means: a NAME is {@code env/NAME.yaml} in the first of {@code homes} that has it,
     * anything with a {@code /} or ending in {@code .yaml} or {@code .yml} a file, relative to the first of them. Without
     * the option: {@code env/<playbook>.yaml}, where there is one.
     *
     * @param homes directories to look in, the working directory first; at least one
     * @throws DeployException with {@link ExitCode#USAGE} if the option names a file that is not there
     */
    public static Optional<Path> find(Optional<String> option, String playbook, List<Path> homes) {
        if (option.isEmpty()) {
            return named(playbook, homes);
        }
        String wanted = option.get();
        if (wanted.contains("/") || wanted.endsWith(SUFFIX) || wanted.endsWith(".yml")) {
            Path file = homes.get(0).resolve(wanted);
            if (!Files.exists(file)) {
                throw missing(file, Optional.empty());
            }
            return Optional.of(file);
        }
        Optional<Path> found = named(wanted, homes);
        if (found.isEmpty()) {
            throw missing(
                    homes.get(0).resolve(DIRECTORY).resolve(wanted + SUFFIX), Words.nearest(wanted, names(homes)));
        }
        return found;
    }

    /**
     * The variables in {@code file}, in its order; whether the playbook has them, {@link Variables#resolve} says.
     *
     * @throws ProblemsException if it is not a map of texts
     */
    public static List<Setting> load(Path file) {
        Problems problems = new Problems();
        List<Setting> settings = YamlDocument.load(file, problems)
                .flatMap(node -> YamlFields.of(node, "an environment file", problems))
                .map(fields -> Setting.of(fields.entries(), fields))
                .orElse(List.of());
        problems.throwIfAny();
        return settings;
    }

    private static Optional<Path> named(String name, List<Path> homes) {
        return homes.stream()
                .map(home -> home.resolve(DIRECTORY).resolve(name + SUFFIX))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static DeployException missing(Path file, Optional<String> nearest) {
        return new DeployException(
                ExitCode.USAGE,
                "There is no environment file " + file
                        + nearest.map(name -> " (did you mean " + Words.quoted(name) + "?)")
                                .orElse("") + ".",
                "Give --env the name of a file in env/ without .yaml, or a path with a /.");
    }

    private static List<String> names(List<Path> homes) {
        return homes.stream()
                .flatMap(home -> listed(home.resolve(DIRECTORY)))
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> listed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }
}
