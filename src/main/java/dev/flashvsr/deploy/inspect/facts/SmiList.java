package dev.flashvsr.deploy.inspect.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code nvidia-smi -L} prints: the cards, and below each its MIG slices. */
public record SmiList(List<Card> cards) {
    private static final Pattern CARD = Pattern.compile("GPU ([0-9]{1,3}): (.{1,100}?)(?: \\(UUID: ([^)]{1,80})\\)?)?");
    private static final Pattern SLICE = Pattern.compile("MIG ([0-9a-z.+]{1,30})\\s+Device\\s+[0-9]+:.*");
    private static final int MOST = 1000;

    /** Keeps a copy. */
    public SmiList {
        cards = List.copyOf(cards);
    }

    /**
     * A line of its own.
     *
     * @param slices MIG profiles such as {@code 3g.40gb}
     */
    public record Card(int index, String name, Optional<String> uuid, List<String> slices) {
        /** Keeps a copy. */
        public Card {
            slices = List.copyOf(slices);
        }
    }

    /** Empty where no card is listed. */
    public static Optional<SmiList> of(String text) {
        List<Card> cards = new ArrayList<>();
        for (String line : text.lines().limit(MOST).toList()) {
            Matcher card = CARD.matcher(line.strip());
            Matcher slice = SLICE.matcher(line.strip());
            if (card.matches()) {
                cards.add(new Card(
                        Integer.parseInt(card.group(1)), card.group(2), Optional.ofNullable(card.group(3)), List.of()));
            } else if (slice.matches() && !cards.isEmpty()) {
                Card last = cards.remove(cards.size() - 1);
                List<String> slices = new ArrayList<>(last.slices());
                slices.add(slice.group(1));
                cards.add(new Card(last.index(), last.name(), last.uuid(), slices));
            }
        }
        return cards.isEmpty() ? Optional.empty() : Optional.of(new SmiList(cards));
    }
}
