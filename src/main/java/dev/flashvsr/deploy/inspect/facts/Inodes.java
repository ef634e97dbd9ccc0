package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many more files a directory's file system takes (probe {@code disk.inodes}: lines {@code inodes|DIRECTORY|ALL|FREE}).
 *
 * @param free empty where the file system does not count them (btrfs, many network ones)
 */
public record Inodes(String path, OptionalLong free) {
    /** Of every directory that was looked at. */
    public static List<Inodes> of(Evidence evidence) {
        return ProbeText.rows(ProbeText.lines(evidence, "disk.inodes"), "inodes", 3).stream()
                .filter(row -> isUncounted(row.get(1))
                        || ProbeText.number(row.get(1)).isPresent()
                                && ProbeText.number(row.get(2)).isPresent())
                .map(row -> new Inodes(
                        row.get(0), isUncounted(row.get(1)) ? OptionalLong.empty() : ProbeText.number(row.get(2))))
                .toList();
    }

    private static boolean isUncounted(String all) {
        return all.equals("-") || all.matches("0{1,18}");
    }

    /** Of this directory, else of the one nearest above it. */
    public static Optional<Inodes> below(List<Inodes> all, String path) {
        return all.stream()
                .filter(one ->
                        path.equals(one.path) || path.startsWith(one.path.endsWith("/") ? one.path : one.path + "/"))
                .max(java.util.Comparator.comparing(one -> one.path.length()));
    }
}
