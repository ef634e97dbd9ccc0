package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.plan.CleanList;
import dev.flashvsr.deploy.plan.CleanList.Left;
import dev.flashvsr.deploy.plan.CleanList.Removal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What clean would remove and leave, and how that went, in lines. */
public final class CleanPrinter {
    private static final int SIZE_WIDTH = 8;

    private final Style style;
    private final String label;
    private final String root;
    private final Map<String, OptionalLong> sizes = new LinkedHashMap<>();

    /** For the box of this name. */
    public CleanPrinter(Style style, String label, String root) {
        this.style = style;
        this.label = label;
        this.root = root;
    }

    /** The list. */
    public List<String> lines(CleanList list) {
        List<String> lines = new ArrayList<>();
        if (list.removals().isEmpty()) {
            lines.add("There is nothing to remove on " + label + " below " + root + ".");
        } else {
            lines.add(style.bold("To be removed on " + label + " below " + root + ":"));
            list.removals().forEach(removal -> lines.add(line(removal)));
            lines.add(total(list.removals()));
        }
        if (!list.left().isEmpty()) {
            lines.add("Left alone:");
            list.left().forEach(left -> lines.add("  " + left.path() + "  " + style.dim(reason(left))));
        }
        if (!list.removals().isEmpty()) {
            lines.add("What steps did outside of " + root + ", such as packages of the system, stays.");
        }
        return lines;
    }

    private String line(Removal removal) {
        sizes.put(removal.path(), removal.bytes());
        String size = size(removal.bytes());
        return "  " + " ".repeat(Math.max(0, SIZE_WIDTH - size.length())) + size + "  " + removal.path() + "  "
                + style.dim(whose(removal));
    }

    private static String whose(Removal removal) {
        if (removal.path().equals(".deploy")) {
            return "this program's own files: checkpoints, logs, runs";
        } else if (removal.path().startsWith(".deploy/")) {
            return "left by a removal that was interrupted";
        }
        return String.join(", ", removal.steps())
                + (removal.alsoOf().isEmpty() ? "" : "; in it also " + String.join(", ", removal.alsoOf()));
    }

    private static String total(List<Removal> removals) {
        boolean all = removals.stream().allMatch(removal -> removal.bytes().isPresent());
        long sum = removals.stream()
                .mapToLong(removal -> removal.bytes().orElse(0))
                .sum();
        return (all ? "" : "at least ") + Quantities.bytes(sum) + " in all"
                + (all ? "." : "; not all could be measured in 20 s.");
    }

    private static String size(OptionalLong bytes) {
        return bytes.isPresent() ? Quantities.bytes(bytes.getAsLong()) : "?";
    }

    private static String reason(Left left) {
        return switch (left.why()) {
            case FOUND -> "was there before " + String.join(", ", left.steps()) + " first ran, or without it";
            case SHARED -> "of " + left.what() + ", too";
            case LINK -> left.what() + " is a symbolic link, and what that leads to is not touched";
            case MOUNT -> "a disk is mounted at " + left.what() + ": unmount it first";
        };
    }

    /** That this path went. */
    public String removed(String path) {
        OptionalLong bytes = sizes.getOrDefault(path, OptionalLong.empty());
        return style.tick() + " removed " + (path.equals(".") ? root : path)
                + (bytes.isPresent() ? " (" + Quantities.bytes(bytes.getAsLong()) + ")" : "");
    }

    /** How it ended. */
    public List<String> end(CleanEnd end) {
        List<String> lines = new ArrayList<>();
        end.failed().forEach((path, why) -> lines.add(style.cross() + " not removed: " + path + ": " + why));
        lines.add(
                switch (end.result()) {
                    case "ok" -> "Done.";
                    case "cancelled" -> "Cancelled; the same command goes on with what is left.";
                    default ->
                        "Not all could be removed, so this program's own record of it stays. The same command tries again.";
                });
        return lines;
    }
}
