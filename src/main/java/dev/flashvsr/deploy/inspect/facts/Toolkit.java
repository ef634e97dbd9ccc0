package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * A CUDA compiler (probe {@code nvcc.found}: lines {@code nvcc|PATH|VERSION|WORDS}).
 *
 * @param version empty where it does not run
 * @param headers whether {@code cuda_runtime.h} lies beside it: images called "runtime" have none; taken for granted where
 *     nobody looked ({@code unlisted})
 */
public record Toolkit(String path, Optional<Version> version, boolean headers) {
    /** All; empty where the probe did not answer. */
    public static Optional<List<Toolkit>> of(Evidence evidence) {
        return Found.rows(evidence, "nvcc.found", "nvcc", 3)
                .map(rows -> rows.stream()
                        .map(row -> new Toolkit(
                                row.get(0),
                                Version.of(row.get(1)),
                                ProbeText.words(row.get(2)).contains("headers")
                                        || ProbeText.words(row.get(2)).contains("unlisted")))
                        .toList());
    }
}
