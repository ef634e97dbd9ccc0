package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * An installed PyTorch, by its files (probe {@code torch.found}: lines {@code torch|DIRECTORY|VERSION|CUDA}).
 *
 * @param text its version with what follows, such as {@code 2.5.1+cu121}
 * @param cuda empty for one without
 */
public record Torch(String path, String text, Version version, Optional<Version> cuda) {
    /** All; empty where the probe did not answer. */
    public static Optional<List<Torch>> of(Evidence evidence) {
        return Found.rows(evidence, "torch.found", "torch", 3)
                .map(rows -> rows.stream()
                        .flatMap(row -> Version.of(row.get(1)).stream()
                                .map(version -> new Torch(row.get(0), row.get(1), version, Version.of(row.get(2)))))
                        .toList());
    }
}
