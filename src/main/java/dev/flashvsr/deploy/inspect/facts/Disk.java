package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a deploy goes or could go (probe {@code disk.df}).
 *
 * @param root where it goes, where that is known: given, or found there already
 * @param places all that were looked at, the preferred ones first
 * @param done steps that left a checkpoint there
 */
public record Disk(Optional<String> root, List<Place> places, List<String> done) {
    private static final long ROOM = 40L << 30;
    private static final long MIB = 1 << 20;

    /** Keeps a copy. */
    public Disk {
        places = List.copyOf(places);
        done = List.copyOf(done);
    }

    /** Empty where nothing was looked at. */
    public static Optional<Disk> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "disk.df");
        Optional<String> given = ProbeText.rows(lines, "root", 2).stream()
                .filter(row -> row.get(1).equals("given"))
                .map(row -> row.get(0))
                .findFirst();
        Optional<String> found = ProbeText.rows(lines, "found", 1).stream()
                .map(row -> row.get(0))
                .findFirst();
        List<Place> places = new ArrayList<>();
        for (String word : List.of("root", "place")) {
            ProbeText.rows(lines, word, Place.FIELDS).stream()
                    .map(Place::of)
                    .flatMap(Optional::stream)
                    .forEach(places::add);
        }
        List<String> order = ProbeText.rows(lines, "candidate", 1).stream()
                .map(row -> row.get(0))
                .toList();
        places.sort(Comparator.comparing(place -> order.indexOf(place.path())));
        List<String> done =
                ProbeText.rows(lines, "done", 1).stream().map(row -> row.get(0)).toList();
        return places.isEmpty() ? Optional.empty() : Optional.of(new Disk(given.or(() -> found), places, done));
    }

    /**
     * The place of the root; where that is not known, the one that would be chosen: of those that can be written and let
     * programs run first those with 40 GiB free, then those that outlive a container, then the one with most room
     * ({@code box/root.sh}).
     */
    public Optional<Place> chosen() {
        if (root.isPresent()) {
            return root.flatMap(path -> places.stream()
                    .filter(place -> path.equals(place.path()) || path.startsWith(slash(place.path())))
                    .max(Comparator.comparing(place -> place.path().length())));
        }
        return places.stream()
                .filter(place -> place.isPossible() && place.free().isPresent())
                .max(Comparator.comparing((Place place) -> place.free().orElse(0) >= ROOM)
                        .thenComparing(place -> place.kept() != Place.Kept.LAYER && place.kept() != Place.Kept.MEMORY)
                        .thenComparing(place -> place.free().orElse(0) / MIB));
    }

    /** Whether the large parts of a deploy are there already. */
    public boolean holdsDeploy() {
        return done.contains("pytorch") && done.contains("weights");
    }

    private static String slash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
