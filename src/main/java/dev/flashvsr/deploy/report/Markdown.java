package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.progress.Excerpt;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text from elsewhere in Markdown (CommonMark with GitHub's additions), where it stays text. */
final class Markdown {
    private static final int LENGTH = 600;

    /** Of emphasis, code, links, HTML, entities, tables; an address or a sign by name; a list or a heading at the beginning. */
    private static final Pattern MEANS = Pattern.compile(
            "[\\\\`*_\\[\\]<>&|~#!@]|:(?=\\S)|(?<=www)\\.|^[-+=](?=[ -=]|$)|(?<=^\\d{1,9})[.)]",
            Pattern.CASE_INSENSITIVE);

    private Markdown() {}

    /** On one line, every sign that could mean something escaped; cut where it is endless. */
    static String text(String text) {
        return MEANS.matcher(Excerpt.oneLine(text, LENGTH)).replaceAll("\\\\$0");
    }

    /** A fenced block; its fence is longer than any row of backquotes in it. */
    static List<String> fenced(String language, List<String> lines) {
        int longest = 2;
        for (String line : lines) {
            int row = 0;
            for (int i = 0; i < line.length(); i++) {
                row = line.charAt(i) == '`' ? row + 1 : 0;
                longest = Math.max(longest, row);
            }
        }
        String fence = "`".repeat(longest + 1);
        String inside = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        return (fence + language + "\n" + inside + fence).lines().toList();
    }
}
