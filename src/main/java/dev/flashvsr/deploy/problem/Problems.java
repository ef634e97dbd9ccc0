package dev.flashvsr.deploy.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects every problem of one pass, so that a user sees all of them at once. Not thread-safe. */
public final class Problems {
    private static final int SHOWN = 50;

    /** A file of one megabyte can hold half a million, and each brings its line. */
    private static final int KEPT = 1000;

    private static final SourceLocation LAST = new SourceLocation("\uFFFF", 0, 0);
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
            problem -> problem.where().orElse(LAST),
            Comparator.comparing(SourceLocation::file)
                    .thenComparingInt(SourceLocation::line)
                    .thenComparingInt(SourceLocation::column));

    private final List<Problem> found = new ArrayList<>();
    private int more;

    /** Adds one; of very many only the first are kept, and the others counted. */
    public void add(Problem problem) {
        if (found.size() < KEPT) {
            found.add(problem);
        } else {
            more++;
        }
    }

    /** The first 1,000, in the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws {@link ProblemsException} with exit status 2 if there is any; in the order of the file, those without a place last. */
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<Problem> sorted = found.stream().sorted(BY_PLACE).toList();
        throw new ProblemsException(
                sorted.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"))
                        + (sorted.size() > SHOWN ? "\n… and " + (sorted.size() + more - SHOWN) + " more" : ""),
                sorted);
    }
}
