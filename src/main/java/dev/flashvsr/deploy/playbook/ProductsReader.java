package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of a step that say what it leaves behind: {@code makes}, {@code results} and {@code cache}. */
final class ProductsReader {
    /** What can be sent to a box, and be removed there, as it is. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*");

    private static final int MAX_LENGTH = 255;

    private final Problems problems;

    ProductsReader(Problems problems) {
        this.problems = problems;
    }

    /** Left out: none. */
    Products read(YamlFields step) {
        return new Products(paths(step, "makes"), paths(step, "results"), cache(step));
    }

    private List<String> paths(YamlFields step, String key) {
        List<YamlScalar> paths = step.texts(key).orElse(List.of());
        paths.forEach(this::path);
        return Distinct.texts(paths, problems);
    }

    private Optional<String> cache(YamlFields step) {
        return step.text("cache").map(path -> {
            path(path);
            return path.text();
        });
    }

    private void path(YamlScalar path) {
        wrong(path.text()).ifPresent(why -> problems.add(path.place().problem(Words.quoted(path.text()) + " " + why)));
    }

    private static Optional<String> wrong(String path) {
        if (!PATH.matcher(path).matches()) {
            return Optional.of("must be a path below root, of A-Z a-z 0-9 . _ @ + - and /");
        }
        if (path.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        List<String> parts = List.of(path.split("/"));
        if (parts.contains(".") || parts.contains("..")) {
            return Optional.of("must not hold \".\" or \"..\"");
        }
        return parts.get(0).equals(".deploy")
                ? Optional.of("is among the program's own files, which are no step's")
                : Optional.empty();
    }
}
