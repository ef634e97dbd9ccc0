package dev.flashvsr.deploy.inspect.pasted;

import dev.flashvsr.deploy.inspect.facts.KnownCard;
import dev.flashvsr.deploy.inspect.facts.KnownCards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code nvidia-smi --query-…} prints as csv: with its headings, with those of the command, or with values that tell what they are. */
final class CsvTable {
    private static final String FIELD = "[a-z][a-z0-9_]{1,40}(?:\\.[a-z0-9_]{1,40}){0,4}(?: \\[[A-Za-z/%]{1,8}\\])?";

    /** Fields, two or more of them or one with a dot or a unit. */
    static final String HEADER =
            "(?:index|count|name|gpu_name|uuid|gpu_uuid|driver_version|timestamp|pid|process_name|pstate|serial|compute_cap|pci\\.[a-z_.]{2,30}"
                    + "|(?:memory|utilization|temperature|power|clocks|mig|ecc|remapped_rows|fan|vbios|compute|persistence|display|used|gpu)[a-z_.]{1,60})(?: \\[[A-Za-z/%]{1,8}\\])?"
                    + "(?:, ?" + FIELD
                    + "){1,60},?\\s*|(?:memory|utilization|temperature|power|clocks|mig|ecc)\\.[a-z_.]{2,60}(?: \\[[A-Za-z/%]{1,8}\\])?|driver_version";

    private static final Pattern HEADERS = Pattern.compile(HEADER);
    private static final int MOST_CELLS = 24;
    private static final Pattern QUERY = Pattern.compile("--query-([a-z-]{3,40})[= ]\"?([a-z0-9_.,]{1,2000})");
    private static final Pattern MEMORY = Pattern.compile("([0-9]{1,9})(?: MiB)?");
    private static final Pattern DRIVER = Pattern.compile("[3-9][0-9]{2}\\.[0-9]{2,3}(?:\\.[0-9]{2,3})?");

    private CsvTable() {}

    /** Whether this line, without headings, is of a card that is known, with its whole memory or its driver. */
    static boolean isRow(String line) {
        return line.length() < 400
                && line.contains(", ")
                && !line.contains("|")
                && fields(line).isPresent();
    }

    static boolean goesOn(List<String> block, String line) {
        if (line.isBlank()) {
            return false;
        }
        String last = block.get(block.size() - 1);
        return last.strip().endsWith(",")
                || HEADERS.matcher(line).matches()
                || cells(line) == cells(last) && !line.contains("NVIDIA-SMI ");
    }

    /** With headings in front; empty where it can't be told what the values are. */
    static Optional<String> withHeader(List<String> lines, String command) {
        List<String> whole = unbroken(lines);
        if (whole.stream().anyMatch(line -> HEADERS.matcher(line).matches())
                || whole.get(0).matches("[a-z][a-z_.]{2,60}")) {
            return Optional.of(String.join("\n", whole) + "\n");
        }
        Matcher query = QUERY.matcher(command);
        Optional<String> header = query.find() ? Optional.of(query.group(2).replace(",", ", ")) : fields(whole.get(0));
        return header.map(fields -> fields + "\n" + String.join("\n", whole) + "\n");
    }

    /** Headings for a row by the values in it: the name of a known card, memory of the size that it has, a driver's version. */
    private static Optional<String> fields(String row) {
        String[] cells = row.strip().split(", ?", MOST_CELLS + 1);
        if (cells.length > MOST_CELLS) {
            return Optional.empty();
        }
        Optional<String> name = java.util.Arrays.stream(cells)
                .filter(cell -> known(cell, OptionalDouble.empty()).isPresent())
                .findFirst();
        if (name.isEmpty() || cells.length < 2) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Matcher memory = MEMORY.matcher(cells[i]);
            boolean whole = memory.matches() && isWhole(name.get(), Double.parseDouble(memory.group(1)));
            String field = cells[i].equals(name.get())
                    ? "name"
                    : whole
                            ? "memory.total"
                            : DRIVER.matcher(cells[i]).matches()
                                    ? "driver_version"
                                    : cells[i].matches("GPU-[0-9a-f-]{8,60}") ? "uuid" : "unread" + i;
            fields.add(
                    i == 0 && cells[i].matches("[0-9]{1,2}") ? "index" : fields.contains(field) ? "unread" + i : field);
        }
        return fields.contains("memory.total") || fields.contains("driver_version")
                ? Optional.of(String.join(", ", fields))
                : Optional.empty();
    }

    private static boolean isWhole(String name, double mib) {
        return known(name, OptionalDouble.of(mib))
                .filter(card -> mib >= card.leastMib() && mib <= card.mostMib())
                .isPresent();
    }

    private static Optional<KnownCard> known(String name, OptionalDouble mib) {
        return name.length() < 80 ? KnownCards.find(name.strip(), mib) : Optional.empty();
    }

    /** Headings that were wrapped end with a comma. */
    private static List<String> unbroken(List<String> lines) {
        List<String> whole = new ArrayList<>();
        for (String line : lines) {
            int last = whole.size() - 1;
            if (last >= 0 && whole.get(last).endsWith(",")) {
                whole.set(last, whole.get(last) + " " + line.strip());
            } else {
                whole.add(line.strip());
            }
        }
        return whole;
    }

    private static int cells(String line) {
        return line.strip().split(", ?", 100).length;
    }
}
