package dev.flashvsr.deploy.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where, as {@code /proc/self/mounts} says (proc_pid_mounts(5)). It can be asked about a file system whose
 * server is gone, of which nothing else can be learnt. Empty on a system without that file.
 */
record MountTable(List<Mount> mounts) {
    private static final Path FILE = Path.of("/proc/self/mounts");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** A file system such as {@code nfs4}, and where it is mounted. */
    record Mount(Path place, String type) {}

    static MountTable ofThisMachine() {
        try {
            return parse(Files.readAllLines(FILE, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new MountTable(List.of());
        }
    }

    /** Each line has a source, a place and a type; a line that has not is left out. */
    static MountTable parse(List<String> lines) {
        return new MountTable(lines.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length > 2 && words[1].startsWith("/"))
                .map(words -> new Mount(Path.of(unescape(words[1])), words[2]))
                .toList());
    }

    /** The innermost mount that holds this path, which is absolute; of several at one place the last hides the others. */
    Optional<Mount> holding(Path path) {
        return mounts.stream()
                .filter(mount -> path.startsWith(mount.place()))
                .reduce((one, next) ->
                        next.place().getNameCount() >= one.place().getNameCount() ? next : one);
    }

    private static String unescape(String word) {
        byte[] bytes = OCTAL.matcher(word)
                .replaceAll(octal -> {
                    String c = String.valueOf((char) Integer.parseInt(octal.group(1), 8));
                    return Matcher.quoteReplacement(c);
                })
                .getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
