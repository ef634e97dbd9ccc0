package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * A Python (probe {@code python.found}: lines {@code python|PATH|VERSION|WORDS}).
 *
 * @param words of {@code managed} (PEP 668: pip must not install into it), {@code ensurepip}, {@code pip}, {@code conda},
 *     {@code venv}, {@code headers}, {@code writable}; {@code unlisted}: what lies beside it was not looked at
 */
public record Python(String path, Version version, List<String> words) {
    /** Keeps a copy. */
    public Python {
        words = List.copyOf(words);
    }

    /** All; empty where the probe did not answer. */
    public static Optional<List<Python>> of(Evidence evidence) {
        return Found.rows(evidence, "python.found", "python", 3)
                .map(rows -> rows.stream()
                        .flatMap(row -> Version.of(row.get(1)).stream()
                                .map(version -> new Python(row.get(0), version, ProbeText.words(row.get(2)))))
                        .toList());
    }

    /** Whether this is said of it. */
    public boolean is(String word) {
        return words.contains(word);
    }
}
