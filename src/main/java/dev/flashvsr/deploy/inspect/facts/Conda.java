package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * An installation of conda (probe {@code conda.found}: lines {@code conda|KIND|PREFIX|VERSION|WORDS}).
 *
 * @param kind {@code conda}, {@code micromamba} or {@code pixi}
 * @param writable whether this user may make environments in it
 */
public record Conda(String kind, String path, Optional<Version> version, boolean writable) {
    /** All; empty where the probe did not answer. */
    public static Optional<List<Conda>> of(Evidence evidence) {
        return Found.rows(evidence, "conda.found", "conda", 4)
                .map(rows -> rows.stream()
                        .map(row -> new Conda(
                                row.get(0),
                                row.get(1),
                                Version.of(row.get(2)),
                                ProbeText.words(row.get(3)).contains("writable")))
                        .toList());
    }
}
