package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code free} prints, in any language: a word with a colon and five to seven numbers is the memory, one with three
 * the swap. Columns are told by their number: total, used, free, shared, then buffers and cache as one and what is available;
 * with -w as two; in old versions as two without what is available, which a line of its own has.
 */
final class MemoryTable {
    private static final String NUMBER = "\\s+" + Quantity.FORM;

    /** The line of the memory. */
    static final String ROW = "\\s{0,4}[^\\s0-9:：|=][^0-9:：|=]{0,30}[:：](?:" + NUMBER + "){5,7}\\s*";

    /** The line of headings: blanks, then words without numbers. */
    static final String HEADER = "\\s{4,}[^\\s0-9:：|=<]\\S{0,20}(?:\\s+[^\\s0-9:：|=<]\\S{0,20}){3,9}\\s*";

    /** What may stand below. */
    static final String MORE = "\\s{0,4}[^\\s0-9:：|=][^0-9:：|=]{0,30}[:：](?:" + NUMBER + "){3,7}\\s*|\\s*-/\\+ .*";

    private static final Pattern ROWS = Pattern.compile(ROW);
    private static final Pattern HEADERS = Pattern.compile(HEADER);
    private static final Pattern REST = Pattern.compile(MORE);
    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final Pattern NUMBERS = Pattern.compile("\\s(" + Quantity.FORM + ")(?=\\s|$)");
    private static final double KIB = 1024;
    private static final double SMALLEST = 4 * KIB;
    private static final int MOST_LINES = 6;
    private static final int OLD_COLUMNS = 6;

    private MemoryTable() {}

    /** Whether this line is of the memory. */
    static boolean isRow(String line) {
        return ROWS.matcher(line).matches();
    }

    /** Below a heading the memory, below the memory the rest; what is no table of memory is none. */
    static boolean goesOn(List<String> block, String line) {
        if (block.size() > MOST_LINES) {
            return false;
        }
        boolean memory = block.stream().anyMatch(MemoryTable::isRow);
        return memory ? REST.matcher(line).matches() && !isRow(line) : isRow(line);
    }

    /** As lines of /proc/meminfo; {@code command} tells the unit where the numbers have none. */
    static Optional<String> asMemInfo(List<String> lines, String command) {
        Optional<String> row = lines.stream().filter(MemoryTable::isRow).findFirst();
        if (row.isEmpty()) {
            return Optional.empty();
        }
        List<String> cells = numbers(row.get());
        double plain = plain(cells.get(0), command);
        OptionalDouble total = Quantity.bytes(cells.get(0), plain);
        OptionalDouble available = available(lines, cells, plain);
        if (total.isEmpty() || total.getAsDouble() == 0) {
            return Optional.empty();
        }
        StringBuilder info = new StringBuilder(line("MemTotal", total.getAsDouble()));
        available.ifPresent(bytes -> info.append(line("MemAvailable", Math.min(bytes, total.getAsDouble()))));
        lines.stream()
                .filter(one -> REST.matcher(one).matches() && numbers(one).size() == 3)
                .findFirst()
                .map(swap -> Quantity.bytes(numbers(swap).get(0), plain))
                .ifPresent(swap -> swap.ifPresent(bytes -> info.append(line("SwapTotal", bytes))));
        return Optional.of(info.toString());
    }

    private static OptionalDouble available(List<String> lines, List<String> cells, double plain) {
        Optional<String> without =
                lines.stream().filter(line -> line.strip().startsWith("-/+")).findFirst();
        String header = HEADERS.matcher(lines.get(0)).matches() ? lines.get(0) : "";
        int words = header.isEmpty() ? 0 : WORDS.split(header.strip()).length;
        boolean old =
                without.isPresent() || cells.size() == OLD_COLUMNS && words == OLD_COLUMNS && !header.contains("/");
        if (without.isPresent()) {
            List<String> rest = numbers(without.get());
            return rest.isEmpty() ? OptionalDouble.empty() : Quantity.bytes(rest.get(rest.size() - 1), plain);
        }
        if (old || cells.size() == OLD_COLUMNS - 1) {
            // Buffers and cache are given up when memory is wanted.
            double sum = Quantity.bytes(cells.get(2), plain).orElse(0);
            for (String cell : cells.subList(4, cells.size())) {
                sum += Quantity.bytes(cell, plain).orElse(0);
            }
            return OptionalDouble.of(sum);
        }
        return Quantity.bytes(cells.get(cells.size() - 1), plain);
    }

    private static List<String> numbers(String line) {
        return NUMBERS.matcher(line).results().map(found -> found.group(1)).toList();
    }

    /** Without a command the unit is the one that makes a machine of it: no box has less than 4 GiB, none more than 4 TiB. */
    private static double plain(String total, String command) {
        Matcher option = Pattern.compile("\\s-(?:-)?[a-z]{0,3}([bkmg])").matcher(command);
        if (command.startsWith("free") && option.find()) {
            return Math.pow(KIB, "bkmg".indexOf(option.group(1)));
        }
        if (command.startsWith("free")) {
            return KIB;
        }
        double number = Quantity.bytes(total, 1).orElse(0);
        if (number < SMALLEST) {
            return KIB * KIB * KIB;
        }
        return number < SMALLEST * KIB ? KIB * KIB : number < SMALLEST * KIB * KIB ? KIB : 1;
    }

    private static String line(String name, double bytes) {
        return String.format(Locale.ROOT, "%s: %.0f kB%n", name, bytes / KIB);
    }
}
