package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.Sleeper;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.engine.Submitter;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.engine.Surveyor;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.relay.Relay;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is built on this machine as the box, kept elsewhere on it, and taken to it again. */
@Timeout(60)
class ProductsIT {
    private static final String FACTS = "commit 1\ncuda 12.4";
    private static final String KEY = Sha256.hex(FACTS.getBytes(UTF_8));
    private static final byte[] WHEEL = "a wheel".getBytes(UTF_8);
    private static final byte[] OTHER = "another wheel".getBytes(UTF_8);

    @TempDir
    Path directory;

    private final RandomGenerator random = new SecureRandom();
    private final List<RunEvent> heard = new ArrayList<>();
    private LocalCache cache;
    private CacheTerms terms = new CacheTerms(false, true, Optional.empty());
    private String label = "root@203.0.113.7:22";
    private Path root;
    private Playbook playbook;

    @BeforeEach
    void aPlaybookWithABuildThatCanBeKept() throws IOException {
        Files.createDirectory(directory.resolve("home"));
        root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: builds
                vars: {commit: "1", cuda: "12.4"}
                steps:
                  - id: compiler
                    check: 'false'
                    run: ':'
                    inputs: [cuda]
                  - id: build
                    script: build.sh
                    inputs: [commit]
                    cache: wheels
                    results: [out/clip.mp4, out/none.png]
                """);
        Files.writeString(directory.resolve("build.sh"), """
                check() { false; }
                apply() { :; }
                cache_key() { printf 'commit %s\\ncuda %s' "$commit" "$cuda" | sha256sum | head -c 64; }
                downloads() { [[ ${STEP_OFFERED-} == "$(cache_key)" ]] || echo other sources; }
                """);
        playbook = PlaybookLoader.load(directory);
        cache = LocalCache.of(directory.resolve("state/cache"), playbook);
    }

    private Box box() {
        return new LocalBox(
                label,
                Path.of("/bin/bash"),
                Login.of("/bin/bash", directory.resolve("home")).environment());
    }

    private Survey survey() {
        try (Box box = box()) {
            return new Surveyor(playbook, Map.of("root", root.toString()), random, Clock.systemUTC())
                    .survey(box, false);
        }
    }

    private Plan plan() {
        return Planner.of(playbook, Map.of("root", root.toString()), Selection.ALL)
                .plan(survey().state(), History.NONE);
    }

    private OverLink link() {
        Context context = new Context(
                this::box,
                new Submitter("u", "h"),
                Map.of(),
                heard::add,
                text -> text,
                tail -> Optional.empty(),
                Duration.ZERO,
                random,
                Sleeper.REAL,
                Clock.systemUTC());
        return new OverLink(context, box());
    }

    private void harvest() throws InterruptedException {
        Plan plan = plan();
        try (OverLink link = link()) {
            new CacheHarvest(cache, false, random, Clock.systemUTC(), heard::add)
                    .fetch(link, plan, plan.steps().subList(1, 2));
        }
    }

    private Offers offers() {
        try (Box box = box()) {
            return new CacheOffers(cache, terms, random, Clock.systemUTC()).find(box, plan(), survey().caches());
        }
    }

    private void send(Offers offers) throws InterruptedException {
        try (OverLink link = link()) {
            new CacheOffers(cache, terms, random, Clock.systemUTC()).send(offers, link, root.toString(), heard::add);
        }
    }

    private List<String> stillFetched(Offers offers) {
        Relay relay = new Relay(RelayedHosts.of(List.of(), playbook, Map.of()), directory.resolve("state"), Map.of());
        try (Box box = box()) {
            return relay.ask(box, plan(), new StepFunctions(random), offers.keys())
                    .others();
        }
    }

    private Path built(String builtFor) throws IOException {
        Path entry = Files.createDirectories(root.resolve("wheels").resolve(KEY));
        Files.write(entry.resolve("a-1.whl"), WHEEL);
        Files.writeString(entry.resolve("built-for"), builtFor);
        return entry;
    }

    private Path built() throws IOException {
        return built(Sha256.hex(WHEEL) + " *a-1.whl\n" + FACTS + "\n");
    }

    /** Where what was built for the key is kept: of this playbook, by its file's hash. */
    private Path kept(byte[] wheel) throws IOException {
        Path cached = directory.resolve("state/cache");
        Files.createDirectories(cached);
        try (Stream<Path> all = Files.list(cached)) {
            return all.filter(path -> String.valueOf(path.getFileName()).startsWith("builds-"))
                    .findFirst()
                    .orElse(cached.resolve("none"))
                    .resolve("wheels")
                    .resolve(KEY)
                    .resolve(Sha256.hex(wheel));
        }
    }

    private Path kept() throws IOException {
        return kept(WHEEL);
    }

    /** Another box, which builds other bytes for the same. */
    private void builtByAnotherBox() throws Exception {
        label = "root@198.51.100.9:22";
        Path entry = built();
        Files.write(entry.resolve("a-1.whl"), OTHER);
        Files.writeString(entry.resolve("built-for"), Sha256.hex(OTHER) + " *a-1.whl\n" + FACTS + "\n");
        harvest();
    }

    private void aNewBox(String name) throws IOException {
        label = name;
        Files.move(root.resolve("wheels"), root.resolve("gone" + name.hashCode()));
    }

    private List<String> notices() {
        return heard.stream()
                .filter(RunEvent.Notice.class::isInstance)
                .map(notice -> ((RunEvent.Notice) notice).text())
                .toList();
    }

    @Test
    void whatOneBoxBuiltGoesToTheNext() throws Exception {
        Path entry = built();
        assertThat(survey().caches().get("wheels")).containsExactly(KEY);
        assertThat(cache.isEmpty("wheels")).isTrue();
        assertThat(offers()).isEqualTo(Offers.NONE);

        harvest();

        assertThat(kept().resolve("a-1.whl")).hasBinaryContent(WHEEL);
        assertThat(kept().getParent())
                .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
        assertThat(offers().steps()).as("the box has it").isEmpty();

        Files.delete(entry.resolve("built-for"));
        Files.delete(entry.resolve("a-1.whl"));
        Files.delete(entry);
        Offers offers = offers();
        assertThat(offers.steps()).containsExactly("build");
        assertThat(offers.announced(plan()).steps().get(1).reason())
                .matches("not there yet; not built anew: kept here, built by root@203\\.0\\.113\\.7:22 on [0-9-]{10}");
        assertThat(offers.builders().orElseThrow()).startsWith("build by root@203.0.113.7:22 on ");

        assertThat(stillFetched(Offers.NONE)).containsExactly("build: sources");
        assertThat(stillFetched(offers)).as("what comes along is not fetched").isEmpty();

        send(offers);

        assertThat(entry.resolve("a-1.whl")).hasBinaryContent(WHEEL);
        assertThat(entry.resolve("built-for")).hasSameBinaryContentAs(kept().resolve("built-for"));
        assertThat(heard)
                .filteredOn(RunEvent.StepOffered.class::isInstance)
                .extracting(event -> ((RunEvent.StepOffered) event).entry())
                .containsExactly(KEY);
        assertThat(notices()).isEmpty();
    }

    @Test
    void oneThatWasBuiltAnewTakesThePlaceOfTheOldOne() throws Exception {
        Path entry = built();
        harvest();
        byte[] better = "a better wheel".getBytes(UTF_8);
        Files.write(entry.resolve("a-1.whl"), better);
        Files.writeString(entry.resolve("built-for"), Sha256.hex(better) + " *a-1.whl\n" + FACTS + "\n");

        harvest();
        heard.clear();
        harvest();

        assertThat(kept(better).resolve("a-1.whl")).hasBinaryContent(better);
        assertThat(kept()).as("of the same box").doesNotExist();
        assertThat(heard).as("the same once more is not fetched").isEmpty();
    }

    @Test
    void whatAnotherBoxBuiltForTheSameReplacesNothingAndNoneIsUsedUntilOneIsChosen() throws Exception {
        built();
        harvest();
        builtByAnotherBox();

        assertThat(notices())
                .singleElement()
                .asString()
                .contains("a-1.whl of this box differs", "built by root@203.0.113.7:22", "--cache-from");
        assertThat(kept().resolve("a-1.whl")).hasBinaryContent(WHEEL);
        assertThat(kept(OTHER).resolve("a-1.whl")).hasBinaryContent(OTHER);
        aNewBox("root@192.0.2.3:22");
        assertThat(offers().offers()).isEmpty();
        assertThat(offers().troubles())
                .singleElement()
                .asString()
                .contains("none is used", "root@203.0.113.7:22", "root@198.51.100.9:22", "--cache-from BOX");

        terms = new CacheTerms(false, false, Optional.of("root@203.0.113.7:22"));
        Offers chosen = offers();
        send(chosen);

        assertThat(chosen.troubles()).isEmpty();
        assertThat(root.resolve("wheels").resolve(KEY).resolve("a-1.whl")).hasBinaryContent(WHEEL);
    }

    @Test
    void withoutAPersonOnlyWhatTheInventoryThisBoxOrAnAgreementStandsForIsTaken() throws Exception {
        built();
        harvest();
        aNewBox("root@192.0.2.3:22");
        terms = new CacheTerms(false, false, Optional.empty());

        assertThat(offers().offers()).isEmpty();
        assertThat(offers().troubles())
                .singleElement()
                .asString()
                .contains("what root@203.0.113.7:22 on ", "is not used with --yes");
        label = "root@203.0.113.7:22";
        assertThat(offers().steps()).as("it built it itself").containsExactly("build");
        label = "root@192.0.2.3:22";

        terms = new CacheTerms(false, true, Optional.empty());
        new CacheOffers(cache, terms, random, Clock.systemUTC()).agree(offers());

        terms = new CacheTerms(false, false, Optional.empty());
        assertThat(offers().steps()).as("agreed to once").containsExactly("build");
        terms = new CacheTerms(false, false, Optional.of("root@192.0.2.9:22"));
        assertThat(offers()).as("another box is chosen").isEqualTo(Offers.NONE);
    }

    @Test
    void whatABoxOfTheInventoryBuiltIsTakenWithoutAQuestion() throws Exception {
        built();
        try (OverLink link = link()) {
            new CacheHarvest(cache, true, random, Clock.systemUTC(), heard::add)
                    .fetch(link, plan(), plan().steps().subList(1, 2));
        }
        aNewBox("root@192.0.2.3:22");
        terms = new CacheTerms(false, false, Optional.empty());

        assertThat(offers().steps()).containsExactly("build");
    }

    @Test
    void anotherPlaybookOfTheSameNameReachesNothing() throws Exception {
        built();
        harvest();
        aNewBox("root@192.0.2.3:22");
        Path mine = kept();
        Path stranger = Files.createDirectory(directory.resolve("stranger"));
        for (String file : List.of("playbook.yaml", "build.sh")) {
            Files.copy(directory.resolve(file), stranger.resolve(file));
        }
        playbook = PlaybookLoader.load(stranger);
        cache = LocalCache.of(directory.resolve("state/cache"), playbook);
        assertThat(offers()).isEqualTo(Offers.NONE);

        builtByAnotherBox();

        assertThat(notices()).isEmpty();
        assertThat(mine.resolve("a-1.whl")).hasBinaryContent(WHEEL);
        assertThat(mine.resolveSibling(Sha256.hex(OTHER))).doesNotExist();
    }

    @Test
    void whatAnOlderVersionKeptIsOfferedToAPersonAlone() throws Exception {
        Path entry = built();
        Path older = directory.resolve("state/cache/wheels").resolve(KEY);
        Files.createDirectories(older.getParent());
        Files.move(entry, older);

        terms = new CacheTerms(false, false, Optional.empty());
        assertThat(offers().offers()).isEmpty();
        assertThat(offers().troubles()).singleElement().asString().contains("a box that was not noted");
        terms = new CacheTerms(false, true, Optional.empty());
        Offers offers = offers();
        assertThat(offers.builders())
                .hasValueSatisfying(text -> assertThat(text).contains("was not noted"));
        new CacheOffers(cache, terms, random, Clock.systemUTC()).agree(offers);

        assertThat(older).as("it is of this playbook now").doesNotExist();
        terms = new CacheTerms(false, false, Optional.empty());
        assertThat(offers().steps()).containsExactly("build");
    }

    @Test
    void whatContradictsTheVariablesOfThisSideIsNotKept() throws Exception {
        String facts = "commit 2\ncuda 12.4";
        Path entry = Files.createDirectories(root.resolve("wheels").resolve(Sha256.hex(facts.getBytes(UTF_8))));
        Files.write(entry.resolve("a-1.whl"), WHEEL);
        Files.writeString(entry.resolve("built-for"), Sha256.hex(WHEEL) + " *a-1.whl\n" + facts + "\n");
        Files.writeString(directory.resolve("build.sh"), """
                check() { false; }
                apply() { :; }
                cache_key() { printf 'commit 2\\ncuda 12.4' | sha256sum | head -c 64; }
                """);
        playbook = PlaybookLoader.load(directory);

        harvest();

        assertThat(notices()).singleElement().asString().contains("says \"commit 2\"", "do not");
        assertThat(cache.isEmpty("wheels")).isTrue();
    }

    @Test
    void anotherKeyIsNotOffered() throws Exception {
        built();
        harvest();
        Files.move(root.resolve("wheels"), root.resolve("gone"));
        Files.writeString(
                directory.resolve("playbook.yaml"),
                Files.readString(directory.resolve("playbook.yaml")).replace("12.4", "12.8"));
        playbook = PlaybookLoader.load(directory);

        assertThat(offers()).isEqualTo(Offers.NONE);
    }

    @Test
    void oneThatWasDamagedHereIsToldAndNotOffered() throws Exception {
        built();
        harvest();
        Files.move(root.resolve("wheels"), root.resolve("gone"));
        Files.writeString(kept().resolve("a-1.whl"), "a wheal");

        assertThat(offers().offers()).isEmpty();
        assertThat(offers().troubles())
                .singleElement()
                .asString()
                .startsWith("build: " + kept() + " is not what its built-for says");
    }

    @Test
    void whatIsNotWhatItSaysIsNotKept() throws Exception {
        built(Sha256.hex(new byte[0]) + " *a-1.whl\n" + FACTS + "\n");
        harvest();
        built(Sha256.hex(WHEEL) + " *a-1.whl\ncommit 2\n");
        harvest();
        built(Sha256.hex(WHEEL) + " *../../x\n" + FACTS + "\n");
        harvest();
        built(Sha256.hex(WHEEL) + " *b-1.whl\n" + FACTS + "\n");
        harvest();

        assertThat(notices()).hasSize(4).allMatch(text -> text.contains("was not kept here for the next box"));
        assertThat(kept()).doesNotExist();
        assertThat(cache.isEmpty("wheels")).isTrue();
    }

    @Test
    void oneThatIsTooLargeIsRefusedWithWords() throws Exception {
        Path entry = built();
        try (RandomAccessFile file =
                new RandomAccessFile(entry.resolve("a-1.whl").toFile(), "rw")) {
            file.setLength(CacheHarvest.LARGEST + 1);
        }

        harvest();

        assertThat(notices()).singleElement().asString().contains("more than the 2147483648 bytes");
        assertThat(kept()).doesNotExist();
    }

    @Test
    void aStepThatBuiltNothingIsNoTrouble() throws Exception {
        harvest();

        assertThat(heard).isEmpty();
        assertThat(cache.isEmpty("wheels")).isTrue();
    }

    @Test
    void resultsLieHereUnderTheBoxsNameAndAMissingOneIsTold() throws Exception {
        Files.createDirectory(root.resolve("out"));
        Path results = directory.resolve("state/results");
        for (String content : List.of("first", "second")) {
            Files.writeString(root.resolve("out/clip.mp4"), content);
            try (OverLink link = link()) {
                new Results(results, link.box().label(), random, Clock.systemUTC(), heard::add)
                        .fetch(link, playbook.step("build").orElseThrow(), root.toString());
            }
        }

        Path clip = results.resolve("root@203.0.113.7_22/out/clip.mp4");
        assertThat(clip).hasContent("second");
        assertThat(heard.get(heard.size() - 1))
                .isInstanceOfSatisfying(
                        RunEvent.StepResults.class,
                        result -> assertThat(result.files()).isEqualTo(Map.of("out/clip.mp4", clip.toString())));
        assertThat(notices()).contains("build: its result out/none.png was not brought here: it is not there");
    }

    @Test
    void aBoxsNameLeadsNowhereElse() {
        assertThat(Results.safe("root@203.0.113.7:40022")).isEqualTo("root@203.0.113.7_40022");
        assertThat(Results.safe("..")).isEqualTo("_.");
        assertThat(Results.safe("a/../../b")).isEqualTo("a_.._.._b");
        assertThat(Results.safe("")).isEqualTo("_");
    }
}
