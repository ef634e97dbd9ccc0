package dev.flashvsr.deploy.secret;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Many texts to be found in another one in a time that does not depend on how many and how long they are: one pass over the
 * text looks up each group of {@value #GROUP} characters among the first and the last ones of all forms.
 */
final class FormIndex {
    /** A piece of a form at an edge of a text must have so many characters to be taken for one. */
    static final int GROUP = 8;

    /** A text that lies within a form must have so many, as part of a longer one that was wrapped or cut. */
    private static final int SHORTEST_WITHIN = 16;

    private static final int FILTER = 1 << 16;
    private static final int WITHIN_FILTER = 1 << 20;

    private final List<String> shorts = new ArrayList<>();
    private final List<String> longs = new ArrayList<>();
    private final Map<Integer, List<String>> heads = new HashMap<>();
    private final Map<Integer, List<String>> tails = new HashMap<>();
    private final BitSet edges = new BitSet(FILTER);
    private final BitSet within = new BitSet(WITHIN_FILTER);

    FormIndex(Collection<String> forms) {
        for (String form : forms) {
            if (form.length() < GROUP) {
                shorts.add(form);
                continue;
            }
            add(heads, form.substring(0, GROUP).hashCode(), form);
            add(tails, form.substring(form.length() - GROUP).hashCode(), form);
            if (form.length() > SHORTEST_WITHIN) {
                longs.add(form);
                new Groups(form).forEach((at, hash) -> within.set(slot(hash, WITHIN_FILTER)));
            }
        }
    }

    private void add(Map<Integer, List<String>> index, int hash, String form) {
        index.computeIfAbsent(hash, key -> new ArrayList<>()).add(form);
        edges.set(slot(hash, FILTER));
    }

    /** Which characters of the text belong to a form, or to a piece of one that the text's edge cuts off. */
    BitSet find(String text) {
        BitSet found = new BitSet(text.length());
        for (String form : shorts) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                found.set(at, at + form.length());
            }
        }
        new Groups(text).forEach((at, hash) -> {
            if (edges.get(slot(hash, FILTER))) {
                begin(text, at, hash, found);
                end(text, at + GROUP, hash, found);
            }
        });
        within(text, found);
        return found;
    }

    /** Forms that begin at this place; one that the text's end cuts off counts, too. */
    private void begin(String text, int at, int hash, BitSet found) {
        for (String form : heads.getOrDefault(hash, List.of())) {
            int length = Math.min(form.length(), text.length() - at);
            if (form.regionMatches(0, text, at, length)) {
                found.set(at, at + length);
            }
        }
    }

    /** Forms that end at this place, of which the text's beginning cuts off the first part. */
    private void end(String text, int at, int hash, BitSet found) {
        for (String form : tails.getOrDefault(hash, List.of())) {
            if (at < form.length() && form.regionMatches(form.length() - at, text, 0, at)) {
                found.set(0, at);
            }
        }
    }

    /** A text that is a piece out of the middle of a form: of one that was wrapped, or cut twice. */
    private void within(String text, BitSet found) {
        String bare = text.strip();
        if (bare.length() >= SHORTEST_WITHIN
                && within.get(slot(bare.substring(0, GROUP).hashCode(), WITHIN_FILTER))
                && longs.stream().anyMatch(form -> form.length() > bare.length() && form.contains(bare))) {
            int from = text.indexOf(bare);
            found.set(from, from + bare.length());
        }
    }

    private static int slot(int hash, int size) {
        return (hash ^ hash >>> 16) & size - 1;
    }

    /** Hears a group of characters. */
    private interface Group {
        void at(int place, int hash);
    }

    /** All groups of a text, each with the {@link String#hashCode} that it would have as a text of its own. */
    private record Groups(String text) {
        /** What the first character of a group counts in its hash. */
        private static final int LEAVING = IntStream.range(1, GROUP).reduce(1, (power, i) -> power * 31);

        void forEach(Group group) {
            int hash = 0;
            for (int at = 0; at < text.length(); at++) {
                if (at >= GROUP) {
                    hash -= text.charAt(at - GROUP) * LEAVING;
                }
                hash = hash * 31 + text.charAt(at);
                if (at >= GROUP - 1) {
                    group.at(at - GROUP + 1, hash);
                }
            }
        }
    }
}
