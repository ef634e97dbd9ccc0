package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a playbook with all that it names, and says everything that is wrong with it in one pass. */
public final class PlaybookLoader {
    private static final String FILE = "playbook.yaml";

    private PlaybookLoader() {}

    /** As {@link #load(Path, Supplier)}, with whatever its {@code requires} names. */
    public static Playbook load(Path path) {
        return load(path, Set::of);
    }

    /**
     * The playbook at {@code path}: a directory that holds {@code playbook.yaml}, or a YAML file.
     *
     * @param requirements ids of the requirement catalogue, asked for only if {@code requires} names one; where there are
     *     none, any will do
     * @throws ProblemsException if it does not hold; its problems are in the order of the file
     * @throws DeployException with {@link ExitCode#USAGE} if there is no such file, or it can't be read
     */
    public static Playbook load(Path path, Supplier<Set<String>> requirements) {
        Path file = file(path);
        Problems problems = new Problems();
        Optional<Playbook> playbook = YamlDocument.load(file, problems)
                .flatMap(node -> YamlFields.of(node, "a playbook", problems))
                .map(fields -> new PlaybookReader(file, fields, requirements, problems).read());
        problems.throwIfAny();
        return playbook.orElseThrow();
    }

    private static Path file(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        if (!Files.exists(file)) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "There is no playbook " + file + ".",
                    "Name a directory that holds " + FILE + ", or a YAML file, with --playbook.");
        }
        return file;
    }
}
