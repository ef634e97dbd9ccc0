package dev.flashvsr.deploy.inspect.pasted;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of nvidia-smi whose rows were broken by a narrow terminal or a mail program. Rows begin and end with a bar or a
 * cross; a wrapped table shows by lines that end with one and don't begin with one.
 */
final class WrappedTable {
    private static final Pattern BORDER = Pattern.compile("[|+][-=+|\u2013\u2014]{10,}");
    private static final int FEWEST = 2;
    private static final int WIDEST = 100;
    private static final int MOST_PARTS = 4;

    private WrappedTable() {}

    /** The same lines, with the broken rows of every such table put together. */
    static List<String> joined(List<String> lines) {
        List<String> all = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            int end = i;
            while (end < lines.size() && isPart(lines, i, end)) {
                end++;
            }
            if (end == i) {
                all.add(lines.get(i++));
            } else {
                List<String> table = lines.subList(i, end);
                all.addAll(isWrapped(table) ? rows(table) : table);
                i = end;
            }
        }
        return all;
    }

    /** A table begins with a row; what follows belongs to it as far as rows, their rests and empty lines go. */
    private static boolean isPart(List<String> lines, int start, int at) {
        String line = lines.get(at).strip();
        boolean row = beginsRow(line) || line.contains("NVIDIA-SMI ") && line.startsWith("|");
        if (at == start) {
            return row;
        }
        boolean before = beginsRow(lines.get(at - 1).strip())
                || endsRow(lines.get(at - 1).strip());
        return row || endsRow(line) || line.isEmpty() || before && isMiddle(lines, at);
    }

    /** A piece of a row that neither begins nor ends it: what follows it must end one. */
    private static boolean isMiddle(List<String> lines, int at) {
        return at + 1 < lines.size()
                && endsRow(lines.get(at + 1).strip())
                && !beginsRow(lines.get(at + 1).strip())
                && !endsRow(lines.get(at - 1).strip());
    }

    private static boolean isWrapped(List<String> table) {
        long rests = table.stream()
                .map(String::strip)
                .filter(line -> endsRow(line) && !beginsRow(line))
                .count();
        return rests >= FEWEST;
    }

    private static List<String> rows(List<String> table) {
        int width = table.stream()
                .filter(line -> beginsRow(line.strip()) && !endsRow(line.strip()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        // A terminal breaks all long rows at one column, a mail program each at a blank.
        boolean hard = width > 0
                && table.stream()
                        .filter(line -> BORDER.matcher(line.strip()).matches())
                        .allMatch(line -> line.length() <= width);
        List<String> rows = new ArrayList<>();
        int i = 0;
        while (i < table.size()) {
            StringBuilder row = new StringBuilder(table.get(i++));
            int parts = 1;
            while (i < table.size() && parts < MOST_PARTS && isBroken(row.toString(), table.get(i))) {
                while (hard && row.length() < width * parts && row.length() < WIDEST) {
                    row.append(' ');
                }
                row.append(hard ? "" : " ").append(table.get(i++));
                parts++;
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static boolean isBroken(String row, String next) {
        String begun = row.strip();
        String rest = next.strip();
        if (!beginsRow(begun) || rest.isEmpty()) {
            return false;
        }
        boolean fresh = beginsRow(rest)
                && (BORDER.matcher(rest).matches() != BORDER.matcher(begun).matches());
        return !fresh && (!endsRow(begun) || !beginsRow(rest)) && begun.length() < WIDEST;
    }

    private static boolean beginsRow(String line) {
        return line.startsWith("|") || line.startsWith("+-") || line.startsWith("+=") || line.startsWith("+\u2013");
    }

    private static boolean endsRow(String line) {
        return line.endsWith("|") || line.endsWith("-+") || line.endsWith("=+") || line.equals("+");
    }
}
