package dev.flashvsr.deploy.inspect.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A directory and the file system below it: a line of {@code place_line} of the probes, eight fields.
 *
 * @param path as it was asked for; it, or the nearest directory above it that is there, was looked at
 * @param access of {@code rwx}, what this user may there; {@code ?} where that was not looked at
 * @param total bytes; empty where df gave none
 * @param free bytes that this user may still fill
 * @param type of the file system, such as {@code ext4}, {@code overlay}; empty where unknown
 * @param source device or server
 * @param mount where it is mounted
 * @param options of the mount
 */
public record Place(
        String path,
        String access,
        OptionalLong total,
        OptionalLong free,
        String type,
        String source,
        String mount,
        List<String> options) {
    static final int FIELDS = 8;
    private static final long KIB = 1024;
    private static final Set<String> LAYERS = Set.of("overlay", "aufs", "fuse-overlayfs");
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
            "fuse.sshfs",
            "fuse.juicefs",
            "fuse.moosefs",
            "fuse.mfs",
            "fuse.s3fs",
            "fuse.glusterfs",
            "fuse.ceph",
            "fuse.rclone",
            "fuse");

    /** Keeps a copy. */
    public Place {
        options = List.copyOf(options);
    }

    /** What becomes of it when the box is stopped, as far as it can be told from inside. */
    public enum Kept {
        /** A mount of its own: usually a volume that stays. */
        VOLUME,
        /** On a server elsewhere: stays, and is slow with many small files. */
        NETWORK,
        /** The disk of the system: a virtual machine's stays, as a rule. */
        SYSTEM,
        /** The container's own layer: gone with the container. */
        LAYER,
        /** Gone at the next start. */
        MEMORY,
        UNKNOWN
    }

    static Optional<Place> of(List<String> row) {
        return row.size() != FIELDS || row.get(0).isEmpty()
                ? Optional.empty()
                : Optional.of(new Place(
                        row.get(0),
                        row.get(1),
                        bytes(row.get(2)),
                        bytes(row.get(3)),
                        row.get(4),
                        row.get(5),
                        row.get(6),
                        ProbeText.words(row.get(7))));
    }

    /** Where it stays. */
    public Kept kept() {
        if (type.isEmpty() && !source.startsWith("/dev/")) {
            return Kept.UNKNOWN;
        }
        if (LAYERS.contains(type)) {
            return Kept.LAYER;
        }
        if (MEMORY.contains(type)) {
            return Kept.MEMORY;
        }
        if (NETWORK.contains(type)) {
            return Kept.NETWORK;
        }
        return mount.equals("/") ? Kept.SYSTEM : Kept.VOLUME;
    }

    /** Whether what may be done there was looked at: a list of file systems that a person pasted does not tell. */
    public boolean isLookedAt() {
        return !access.equals("?");
    }

    /** Whether a deploy may go there, as far as is known. */
    boolean isPossible() {
        return (writable() || !isLookedAt()) && lets();
    }

    /** The type of its file system, else what it is mounted from. */
    public String medium() {
        return type.isEmpty() ? source : type;
    }

    /** Files can be made there. */
    public boolean writable() {
        return access.contains("w") && access.contains("x") && !options.contains("ro");
    }

    /** Programs can be run there, as far as the mount goes. */
    public boolean lets() {
        return !options.contains("noexec");
    }

    private static OptionalLong bytes(String kib) {
        OptionalLong number = kib.length() > 15 ? OptionalLong.empty() : ProbeText.number(kib);
        return number.isPresent() ? OptionalLong.of(number.getAsLong() * KIB) : number;
    }
}
