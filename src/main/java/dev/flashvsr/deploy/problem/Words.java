package dev.flashvsr.deploy.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words of the user in messages: quoted so that they can't garble a terminal, and with what would be right. */
public final class Words {
    private static final int QUOTED = 60;
    private static final int LISTED = 12;

    private Words() {}

    /** In double quotes, shortened to 60 characters, with control characters shown as {@code \n} or {@code \}{@code u001b}. */
    public static String quoted(String word) {
        StringBuilder text = new StringBuilder("\"");
        int[] points = word.codePoints().limit(QUOTED).toArray();
        for (int point : points) {
            if (point == '\n') {
                text.append("\\n");
            } else if (!isShown(point)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                text.appendCodePoint(point);
            }
        }
        boolean cut = word.codePointCount(0, word.length()) > points.length;
        return text.append(cut ? "…\"" : "\"").toString();
    }

    /** One after the other, in quotes where one is not of a form that can be shown as it is. */
    public static String listed(Collection<String> words, String between) {
        return words.stream().map(word -> isPlain(word) ? word : quoted(word)).collect(Collectors.joining(between));
    }

    private static boolean isPlain(String word) {
        return word.length() <= QUOTED && word.codePoints().allMatch(Words::isShown);
    }

    /** Whether it is a character that one sees, and that no terminal obeys. */
    public static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * The known word with the fewest single-character changes (insert, delete, replace, swap of neighbours; case is
     * ignored), if those are at most a third of its length, and at least one is allowed. Of equally near ones the first.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        // Any letter is near to any other, and a long text was never meant to be a word.
        if (word.length() < 2 || word.length() > QUOTED) {
            return Optional.empty();
        }
        return known.stream()
                .filter(right -> distance(word, right) <= Math.max(1, right.length() / 3))
                .min(Comparator.comparingInt(right -> distance(word, right)));
    }

    /** What to say beside an unknown word: the nearest known one, else all where they are few, else nothing. */
    public static Optional<String> hint(String word, Collection<String> known) {
        Optional<String> nearest = nearest(word, known).map(right -> "did you mean " + quoted(right) + "?");
        if (nearest.isPresent() || known.isEmpty() || known.size() > LISTED) {
            return nearest;
        }
        return Optional.of("known: " + listed(known, ", "));
    }

    /** Edits between the two, swapped neighbours counting as one, case as none. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
