package dev.flashvsr.deploy.inspect.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code nvidia-smi --query-… --format=csv} prints, with its header: rows by the header's field names without units.
 * Several tables after each other, as when each field was asked alone, are one: their n-th rows belong together.
 * Lines that belong to no table are passed over.
 *
 * @param rows known values by field, and the words of faults, where a card did not answer, by "fault." and the field
 */
public record SmiCsv(List<Map<String, String>> rows) {
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+)*( \\[[A-Za-z/%]+\\])?");
    private static final int MOST_ROWS = 256;
    private static final int MOST_FIELDS = 64;

    /** Keeps copies. */
    public SmiCsv {
        rows = rows.stream().map(Map::copyOf).toList();
    }

    /** Empty where there is no header, or no row below one. */
    public static Optional<SmiCsv> of(String text) {
        return of(text, List.of());
    }

    /** As {@link #of(String)}; rows before any header have these fields, as with {@code noheader}. */
    public static Optional<SmiCsv> of(String text, List<String> asked) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> header = asked;
        int row = 0;
        for (String line : text.lines().limit(10_000).toList()) {
            String[] cells = line.strip().split(", ?", MOST_FIELDS);
            if (isHeader(cells)) {
                header = List.of(cells).stream().map(SmiCsv::withoutUnit).toList();
                row = 0;
            } else if (!header.isEmpty() && cells.length == header.size() && row < MOST_ROWS && !isWords(line)) {
                if (row == rows.size()) {
                    rows.add(new LinkedHashMap<>());
                }
                for (int i = 0; i < cells.length; i++) {
                    SmiValue.put(rows.get(row), header.get(i), cells[i]);
                }
                row++;
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new SmiCsv(rows));
    }

    private static boolean isHeader(String[] cells) {
        for (String cell : cells) {
            if (!FIELD.matcher(cell.strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    /** A message instead of a row: of one cell, it would fit a table of one column. */
    private static boolean isWords(String line) {
        return line.isBlank() || line.contains("is not a valid field") || line.contains("[HAMI-core");
    }

    private static String withoutUnit(String cell) {
        String text = cell.strip();
        int unit = text.indexOf(" [");
        return unit < 0 ? text : text.substring(0, unit);
    }
}
