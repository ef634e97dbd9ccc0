package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes what copying adds to a text: colours, line ends, HTML's entities, quotation marks of mails, times, line numbers. */
final class CopyMarks {
    private static final Pattern COLOURS =
            Pattern.compile("\u001B\\[[0-9;?]{0,20}[A-Za-z]|\u001B\\][^\u0007\u001B]{0,400}(?:\u0007|\u001B\\\\)");
    private static final String BLANKS =
            "\u00A0\u202F\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A";
    private static final String INVISIBLE = "\uFEFF\u200B\u200C\u200D\u200E\u200F\u2060\u00AD";
    private static final String APOSTROPHES = "\u2018\u2019\u02BC\u00B4\uFF07\u201B";
    private static final Pattern QUOTED = Pattern.compile("^(?: {0,2}>){1,9} ?");
    private static final String CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?";

    /** {@code 2026-01-14T15:17:09Z}, {@code [14.01.2026, 15:17:09]}, {@code Jan 14 15:17:09}, {@code 15:17:09}, and a level. */
    private static final Pattern TIMED = Pattern.compile(
            "^ {0,2}(?:\\[?(?:\\d{4}[-/.]\\d{2}[-/.]\\d{2}[T _,]{1,2}" + CLOCK
                    + "(?: ?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4},? " + CLOCK
                    + "(?: [AP]M)?|\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?)\\]?"
                    + "|[A-Z][a-z]{2} [ 0-3]\\d \\d{2}:\\d{2}:\\d{2}(?: [\\w.-]{1,60} [\\w./-]{1,40}(?:\\[\\d{1,8}\\])?:(?= ))?)"
                    + "(?: (?:stdout|stderr) [FP])?(?: ?[\\[(]?(?:INFO|DEBUG|WARN|WARNING|ERROR|NOTICE)[\\])]?:?)?(?:[:;] ?| ?- |\\t| |$)");

    private static final Pattern NUMBERED = Pattern.compile("^ {0,6}(\\d{1,6})(?:[:|\\t] ?| {2})");
    private static final int LONGEST_LINE = 2000;
    private static final int MOST_LINES = 400_000;
    private static final int FEWEST_NUMBERED = 5;

    private CopyMarks() {}

    /** The lines of {@code text} as the terminal showed them, each of bounded length. */
    static List<String> removed(String text) {
        String plain = text.replace("\r\n", "\n").replace('\r', '\n');
        plain = plain.indexOf('\u001B') < 0 ? plain : COLOURS.matcher(plain).replaceAll("");
        plain = plainCharacters(unescaped(plain));
        List<String> lines = plain.lines()
                .limit(MOST_LINES)
                .map(line ->
                        line.length() > LONGEST_LINE && !line.contains("<") ? line.substring(0, LONGEST_LINE) : line)
                .map(line -> QUOTED.matcher(line).replaceFirst(""))
                .toList();
        return unnumbered(lines).stream().map(CopyMarks::untimed).toList();
    }

    private static String plainCharacters(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '\u0080' || INVISIBLE.indexOf(c) < 0) {
                plain.append(c < '\u0080' ? c : BLANKS.indexOf(c) >= 0 ? ' ' : APOSTROPHES.indexOf(c) >= 0 ? '\'' : c);
            }
        }
        return plain.toString();
    }

    private static String untimed(String line) {
        Matcher time = TIMED.matcher(line);
        return time.find() ? line.substring(time.end()) : line;
    }

    /** Without the numbers of lines, where all have one and each is the next. */
    private static List<String> unnumbered(List<String> lines) {
        List<String> filled = lines.stream().filter(line -> !line.isBlank()).toList();
        if (filled.size() < FEWEST_NUMBERED) {
            return lines;
        }
        long last = -1;
        for (String line : filled) {
            Matcher number = NUMBERED.matcher(line);
            if (!number.find() || last >= 0 && Long.parseLong(number.group(1)) <= last) {
                return lines;
            }
            last = Long.parseLong(number.group(1));
        }
        return lines.stream()
                .map(line -> NUMBERED.matcher(line).replaceFirst(""))
                .toList();
    }

    private static String unescaped(String text) {
        boolean escaped = text.contains("&lt;nvidia_smi_log")
                || text.contains("&lt;gpu ")
                || text.contains("&lt;product_name")
                || text.contains("&nbsp;")
                || text.contains("&#124;");
        return escaped
                ? text.replaceAll("(?i)<br ?/?>", "\n")
                        .replace("&nbsp;", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&#124;", "|")
                        .replace("&amp;", "&")
                : text;
    }
}
