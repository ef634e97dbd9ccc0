package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lines of {@code /proc/self/mounts} (probe {@code disk.mounts}). */
public record Mounts(List<Mount> all) {
    private static final int COLUMNS = 4;

    /** Keeps a copy. */
    public Mounts {
        all = List.copyOf(all);
    }

    /** One of them. */
    public record Mount(String source, String target, String type, List<String> options) {
        /** Keeps a copy. */
        public Mount {
            options = List.copyOf(options);
        }
    }

    /** Empty where none can be read. */
    public static Optional<Mounts> of(Evidence evidence) {
        List<Mount> all = ProbeText.lines(evidence, "disk.mounts").stream()
                .map(line -> line.split(" +"))
                .filter(columns -> columns.length >= COLUMNS && columns[1].startsWith("/"))
                .map(columns -> new Mount(
                        columns[0], columns[1].replace("\\040", " "), columns[2], Arrays.asList(columns[3].split(","))))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(new Mounts(all));
    }

    /** The file system of a directory: of the mounts at or above it, the last of the longest. */
    public Optional<Mount> at(String path) {
        Mount best = null;
        for (Mount mount : all) {
            boolean above = path.equals(mount.target)
                    || path.startsWith(mount.target.endsWith("/") ? mount.target : mount.target + "/");
            if (above && (best == null || mount.target.length() >= best.target.length())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }
}
