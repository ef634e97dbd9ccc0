package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/** Directories for temporary files (probe {@code disk.tmp}) and shared memory ({@code disk.shm}). */
public final class TemporaryPlaces {
    private TemporaryPlaces() {}

    /** Those of temporary files that are there. */
    public static List<Place> of(Evidence evidence) {
        return places(evidence, "disk.tmp", "tmp");
    }

    /** /dev/shm, where there is one. */
    public static Optional<Place> shared(Evidence evidence) {
        return places(evidence, "disk.shm", "shm").stream().findFirst();
    }

    private static List<Place> places(Evidence evidence, String probe, String word) {
        return ProbeText.rows(ProbeText.lines(evidence, probe), word, Place.FIELDS).stream()
                .map(Place::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
