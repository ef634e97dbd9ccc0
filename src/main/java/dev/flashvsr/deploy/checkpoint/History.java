package dev.flashvsr.deploy.checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long steps took in earlier runs of one playbook, on this and other boxes. */
public record History(List<Took> all) {
    /** Nothing is known. */
    public static final History NONE = new History(List.of());

    /** One step that was done and confirmed. */
    public record Took(String step, Likeness box, Duration time) {}

    /**
     * Reads the journals below the state directory; what can't be read is passed over, and nothing is written.
     *
     * @param playbook name of the playbook whose steps are asked for
     */
    public static History read(Path stateDir, String playbook) {
        return new History(new JournalReader(playbook).read(stateDir.resolve(Journals.DIRECTORY)));
    }

    /** Copies the list. */
    public History {
        all = List.copyOf(all);
    }

    /** The median over boxes like this one; empty where there was none. */
    public Optional<Duration> expected(String step, Likeness box) {
        List<Duration> times = all.stream()
                .filter(took -> took.step().equals(step) && took.box().equals(box))
                .map(Took::time)
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return Optional.empty();
        }
        int middle = times.size() / 2;
        return Optional.of(
                times.size() % 2 == 1
                        ? times.get(middle)
                        : times.get(middle - 1).plus(times.get(middle)).dividedBy(2));
    }
}
