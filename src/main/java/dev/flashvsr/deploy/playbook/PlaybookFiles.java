package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files beside a playbook: none outside its directory, each read once, whole. */
final class PlaybookFiles {
    private static final long MAX_SCRIPT = 1L << 20;
    private static final long MAX_FILE = 64L << 20;

    /** What can be sent with a bundle as a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*");

    private final Path directory;
    private final Problems problems;

    PlaybookFiles(Path playbook, Problems problems) {
        this.directory = Optional.ofNullable(playbook.getParent()).orElse(Path.of(""));
        this.problems = problems;
    }

    /** The text of the bash script that {@code name} names. */
    Optional<String> script(YamlScalar name) {
        return find(name).flatMap(file -> {
            try {
                if (Files.size(file) > MAX_SCRIPT) {
                    return wrong(name, "is larger than " + (MAX_SCRIPT >> 20) + " MiB");
                }
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
                if (text.indexOf('\0') >= 0) {
                    return wrong(name, "is not a text file");
                }
                return text.contains("\r\n")
                        ? wrong(name, "has Windows line ends, which bash can't read")
                        : Optional.of(text);
            } catch (CharacterCodingException notText) {
                return wrong(name, "is not UTF-8");
            } catch (IOException e) {
                return wrong(name, "can't be read: " + why(e));
            }
        });
    }

    /** Content and size of the file that {@code name} names. */
    Optional<StepFile> file(YamlScalar name) {
        return find(name).flatMap(file -> {
            try (InputStream in = Files.newInputStream(file)) {
                long size = Files.size(file);
                if (size > MAX_FILE) {
                    return wrong(name, "is larger than " + (MAX_FILE >> 20) + " MiB, too much for a bundle");
                }
                Sha256 hash = new Sha256();
                long read = hash.addAll(in);
                return Optional.of(new StepFile(file, hash.hex(), read));
            } catch (IOException e) {
                return wrong(name, "can't be read: " + why(e));
            }
        });
    }

    private Optional<Path> find(YamlScalar name) {
        String text = name.text();
        if (!NAME.matcher(text).matches()) {
            return wrong(name, "must be a path below the playbook's directory, of A-Z a-z 0-9 . _ @ + - and /");
        }
        if (Stream.of(text.split("/")).anyMatch(part -> part.equals("..") || part.equals("."))) {
            return wrong(name, "must not hold \".\" or \"..\"");
        }
        if (isHidden(text)) {
            return wrong(name, "is hidden: a playbook takes no file whose path has a part that begins with \".\"");
        }
        if (isHome()) {
            return wrong(name, "can't be taken from your home directory: give the playbook a directory of its own");
        }
        Path file = directory.resolve(text);
        if (!Files.exists(file)) {
            problems.add(name.place()
                    .problem("there is no file " + Words.quoted(text) + " beside the playbook", near(text, file)));
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            return wrong(name, "is not a file");
        }
        try {
            Path beside = directory.toAbsolutePath().toRealPath();
            Path real = file.toRealPath();
            if (!real.startsWith(beside)) {
                return wrong(name, "leads out of the playbook's directory");
            }
            return isHidden(beside.relativize(real).toString())
                    ? wrong(name, "leads to a hidden file, which a playbook can't take")
                    : Optional.of(file);
        } catch (IOException e) {
            return wrong(name, "can't be read: " + why(e));
        }
    }

    private static boolean isHidden(String path) {
        return Stream.of(path.split("/")).anyMatch(part -> part.startsWith("."));
    }

    /** Whether all that is the user's own lies beside the playbook: a file saved there must not reach it. */
    private boolean isHome() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("HOME")),
                        Optional.ofNullable(System.getProperty("user.home")))
                .flatMap(Optional::stream)
                .filter(home -> !home.isEmpty())
                .map(Path::of)
                .anyMatch(home -> isSame(home, directory.toAbsolutePath()));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException missing) {
            return false;
        }
    }

    /** The file in the same directory whose name is nearest. */
    private static Optional<String> near(String text, Path file) {
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.empty();
        }
        String prefix = text.substring(0, text.lastIndexOf('/') + 1);
        try (Stream<Path> beside = Files.list(parent)) {
            List<String> names = beside.filter(Files::isRegularFile)
                    .map(path -> prefix + path.getFileName())
                    .sorted()
                    .toList();
            return Words.nearest(text, names).map(right -> "did you mean " + Words.quoted(right) + "?");
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String why(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private <T> Optional<T> wrong(YamlScalar name, String why) {
        problems.add(name.place().problem(Words.quoted(name.text()) + " " + why));
        return Optional.empty();
    }
}
