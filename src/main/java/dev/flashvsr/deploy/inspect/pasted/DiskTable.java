package dev.flashvsr.deploy.inspect.pasted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code df} prints, in any language and with any of -h, -i, -T, -P: a row is a source, perhaps a type, three sizes, a
 * share in per cent and a directory. The headings tell only the unit and whether files are counted.
 */
final class DiskTable {
    private static final String SIZE = "(?:" + Quantity.FORM + "|-)";
    private static final String SIZES =
            "\\s+" + SIZE + "\\s+" + SIZE + "\\s+" + SIZE + "\\s+(?:[0-9]{1,3}\\s?%|-)\\s+/\\S{0,300}.{0,100}";

    /** A whole row. */
    static final String ROW = "\\s{0,4}[^\\s|]\\S{0,300}(?:\\s+[a-z][a-z0-9._-]{1,20})?" + SIZES;

    /** The rest of a row whose source was too long for one line. */
    static final String REST = "\\s+(?:[a-z][a-z0-9._-]{1,20}\\s+)?" + SIZE + "\\s+" + SIZE + "\\s+" + SIZE
            + "\\s+(?:[0-9]{1,3}\\s?%|-)\\s+/.{0,300}";

    /** Such a source. */
    static final String NAME = "\\s{0,2}(?:/\\S{10,300}|\\S{1,100}:/\\S{1,300})";

    /** The headings: four words or more, none of them a directory. */
    static final String HEADER = "\\s{0,4}[^\\s0-9/|<:=]\\S{0,30}(?:\\s+[^\\s/|<=]\\S{0,30}){4,10}\\s*";

    private static final Pattern ROWS = Pattern.compile(ROW);
    private static final Pattern RESTS = Pattern.compile(REST);
    private static final Pattern NAMES = Pattern.compile(NAME);
    private static final Pattern HEADERS = Pattern.compile(HEADER);
    private static final Pattern CELLS = Pattern.compile("\\s{0,4}(\\S{1,300})(?:\\s+([a-z][a-z0-9._-]{1,20}))?\\s+("
            + SIZE + ")\\s+(" + SIZE + ")\\s+(" + SIZE + ")\\s+(?:[0-9]{1,3}\\s?%|-)\\s+(/.{0,300}?)\\s*");
    private static final Pattern UNIT = Pattern.compile("(?<![\\w%])([0-9]{1,5})([KMG]?)B?-");
    private static final Pattern FILES =
            Pattern.compile("(?iu)\\bi-?nod|inœud|инод|вузл|节点|节點|ノード|아이노드|\\bI[A-Z\u0410-\u042F]\\p{L}{2,}");
    private static final Pattern CANDIDATE =
            Pattern.compile("/workspace|/data|/root|/home(?:/[^/]{1,60})?|/mnt/[^/]{1,100}|/");
    private static final double KIB = 1024;

    /** A file system: sizes in bytes, or numbers of files. */
    private record Row(String source, String type, OptionalDouble size, OptionalDouble free, String mount) {}

    private final List<Row> rows;
    private final boolean files;

    private DiskTable(List<Row> rows, boolean files) {
        this.rows = rows;
        this.files = files;
    }

    /** Whether this line is of a file system. */
    static boolean isRow(String line) {
        return line.contains("/") && ROWS.matcher(line).matches();
    }

    /** Whether this line stands above {@code next}, which begins the first row. */
    static boolean isHeader(String line, String next) {
        return next.contains("/")
                && (ROWS.matcher(next).matches() || NAMES.matcher(next).matches())
                && HEADERS.matcher(line).matches();
    }

    static DiskTable of(List<String> lines, String command) {
        String header = lines.stream()
                .filter(line -> !isRow(line) && !RESTS.matcher(line).matches())
                .findFirst()
                .orElse("");
        boolean files =
                FILES.matcher(header.replaceAll("(?<=\\s)I(?=\\p{Lu})", "I")).find()
                        || command.matches("df\\b.* -[a-zA-Z]*i.*");
        double plain = files ? 1 : plain(header, command);
        List<Row> rows = new ArrayList<>();
        String name = "";
        for (String line : lines) {
            Matcher cells = CELLS.matcher(isRow(line) ? line : name + " " + line);
            if (cells.matches()) {
                rows.add(new Row(
                        cells.group(1),
                        Optional.ofNullable(cells.group(2)).orElse(""),
                        Quantity.bytes(cells.group(3), plain),
                        Quantity.bytes(cells.group(5), plain),
                        cells.group(6)));
            }
            name = NAMES.matcher(line).matches() ? line.strip() : "";
        }
        return new DiskTable(rows, files);
    }

    /** Whether it counts files and not bytes. */
    boolean countsFiles() {
        return files;
    }

    /** Lines as the probe disk.df prints them; what may be done there is not known. */
    String places() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (CANDIDATE.matcher(row.mount).matches()) {
                text.append("candidate|").append(row.mount).append('\n').append(place("place", row));
            }
        }
        return text.toString();
    }

    /** The line of /dev/shm, as disk.shm prints it. */
    Optional<String> shared() {
        return rows.stream()
                .filter(row -> row.mount.equals("/dev/shm"))
                .findFirst()
                .map(row -> place("shm", row));
    }

    /** Lines as the probe disk.inodes prints them. */
    String inodes() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (CANDIDATE.matcher(row.mount).matches()) {
                text.append("inodes|")
                        .append(row.mount)
                        .append('|')
                        .append(count(row.size, "0"))
                        .append('|')
                        .append(count(row.free, "0"))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String place(String word, Row row) {
        String source = row.source.replace("|", "");
        return word + "|" + row.mount.replace("|", "") + "|?|" + kib(row.size) + "|" + kib(row.free) + "|" + type(row)
                + "|" + source + "|" + row.mount.replace("|", "") + "|\n";
    }

    /** The type, where -T shows it or the source is named after it. */
    private static String type(Row row) {
        if (!row.type.isEmpty()) {
            return row.type;
        }
        if (row.source.matches("overlay|tmpfs|shm|fuse[\\w.-]*")) {
            return row.source.equals("shm") ? "tmpfs" : row.source;
        }
        return row.source.startsWith("//") ? "cifs" : row.source.matches("[^/\\s]+:/.*") ? "nfs" : "";
    }

    private static String kib(OptionalDouble bytes) {
        return count(bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / KIB) : bytes, "");
    }

    private static String count(OptionalDouble number, String none) {
        return number.isPresent() ? String.valueOf((long) Math.min(number.getAsDouble(), 1e14)) : none;
    }

    /** What a number without a letter counts: headings name it, as in 1K-blocks; else KiB. */
    private static double plain(String header, String command) {
        Matcher unit = UNIT.matcher(header);
        if (unit.find()) {
            int power = unit.group(2).isEmpty() ? 0 : "KMG".indexOf(unit.group(2)) + 1;
            return Integer.parseInt(unit.group(1)) * Math.pow(KIB, power);
        }
        return command.matches("df\\b.* -[a-zA-Z]*m\\b.*") ? KIB * KIB : KIB;
    }
}
