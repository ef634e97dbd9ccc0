package dev.flashvsr.deploy.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final Likeness A100 = new Likeness("NVIDIA A100-SXM4-80GB", 16);
    private static final Optional<String> BOX = Optional.of("0123456789abcdef0123456789abcdef");

    @TempDir
    Path state;

    @Test
    void keepsOneObjectALineAndAFileForEachRun() throws IOException {
        write("python", 10);
        write("python", 20);

        assertThat(files())
                .hasSize(2)
                .allSatisfy(
                        file -> assertThat(Files.readAllLines(file)).hasSize(2).allSatisfy(Json::parseObject));
    }

    /** It has tails of failed steps, hosts and paths: also one of an earlier version is closed to others. */
    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        write("python", 1);
        Path old = Files.writeString(state.resolve("journal/0123456789abcdef0123456789abcdef.jsonl"), "");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(state.resolve("journal"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("python", 2);

        assertThat(files())
                .hasSizeGreaterThan(1)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("journal"))))
                .isEqualTo("rwx------");
    }

    @Test
    void ofEachBoxTheNewestJournalsStay() throws IOException {
        write("python", 1);
        Path oldest = files().get(0);
        Files.setLastModifiedTime(oldest, FileTime.from(NOW.minusSeconds(60)));
        try (Journal another = Journals.open(state).of(Optional.empty())) {
            for (int run = 1; run <= Journals.KEPT; run++) {
                write("python", run);
            }
            another.begin(NOW, "flashvsr", A100);
        }

        assertThat(files()).hasSize(Journals.KEPT).doesNotContain(oldest);
        assertThat(state.resolve("journal").toFile().list()).hasSize(Journals.KEPT + 1);
    }

    @Test
    void onlyTheNewestJournalsAreReadHoweverManyThereAre() throws IOException {
        Path journals = Files.createDirectories(state.resolve("journal"));
        String run = "{\"event\":\"box.inspected\",\"playbook\":\"flashvsr\",\"gpu\":\"%s\",\"cpus\":%d}%n"
                        .formatted(A100.gpu(), A100.cpus())
                + "{\"event\":\"step.finished\",\"step\":\"python\",\"seconds\":%d}\n";
        for (int box = 1; box <= JournalReader.NEWEST + 50; box++) {
            Path file = Files.writeString(journals.resolve("new-" + box + ".jsonl"), run.formatted(box));
            Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(box)));
        }

        assertThat(History.read(state, "flashvsr").all())
                .hasSize(JournalReader.NEWEST)
                .allMatch(took -> took.time().compareTo(Duration.ofSeconds(50)) > 0);
    }

    @Test
    void aJournalThatAnEarlierVersionKeptForABoxIsStillRead() throws IOException {
        write("python", 10);
        write("python", 30);
        Path old = state.resolve("journal").resolve(BOX.orElseThrow() + ".jsonl");
        for (Path file : files()) {
            Files.writeString(old, Files.readString(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.delete(file);
        }

        write("python", 80);

        assertThat(old).exists();
        assertThat(History.read(state, "flashvsr").expected("python", A100)).contains(Duration.ofSeconds(30));
    }

    @Test
    void expectsTheMedianOfEarlierRunsOnLikeBoxes() {
        write("python", 10);
        write("python", 30);
        write("python", 100);
        write("pytorch", 7);

        History history = History.read(state, "flashvsr");

        assertThat(history.expected("python", A100)).contains(Duration.ofSeconds(30));
        assertThat(history.expected("python", new Likeness(A100.gpu(), 8))).isEmpty();
        assertThat(history.expected("weights", A100)).isEmpty();
        assertThat(History.read(state, "another").all()).isEmpty();
    }

    @Test
    void twoFirstRunsAtOnceAreCreditedEachToItsOwnKindOfBox() {
        Likeness small = new Likeness("NVIDIA A100-PCIE-40GB", 8);
        Journals journals = Journals.open(state);
        try (Journal one = journals.of(Optional.empty());
                Journal other = journals.of(Optional.empty())) {
            one.begin(NOW, "flashvsr", A100);
            other.begin(NOW, "flashvsr", small);
            one.on(new RunEvent.StepFinished(NOW, "python", 1, Duration.ofSeconds(10)));
            other.on(new RunEvent.StepFinished(NOW, "python", 1, Duration.ofSeconds(90)));
        }

        History history = History.read(state, "flashvsr");

        assertThat(history.expected("python", A100)).contains(Duration.ofSeconds(10));
        assertThat(history.expected("python", small)).contains(Duration.ofSeconds(90));
    }

    @Test
    void theMedianOfTwoLiesBetweenThem() {
        write("python", 10);
        write("python", 20);

        assertThat(History.read(state, "flashvsr").expected("python", A100)).contains(Duration.ofSeconds(15));
    }

    @Test
    void aStepThatWasGivenWhatItBuildsForetellsNothing() {
        write("python", 10);
        try (Journal journal = Journals.open(state).of(BOX)) {
            journal.begin(NOW, "flashvsr", A100);
            journal.on(new RunEvent.StepOffered(NOW, "python", "0".repeat(64)));
            journal.on(new RunEvent.StepFinished(NOW, "python", 1, Duration.ofSeconds(1)));
        }
        write("python", 10);

        assertThat(History.read(state, "flashvsr").all())
                .extracting(History.Took::time)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    @Test
    void whatStepsPrintIsNotKept() {
        try (Journal journal = Journals.open(state).of(BOX)) {
            journal.on(new RunEvent.StepOutput(NOW, "python", "a line"));
            journal.on(new RunEvent.StepProgress(NOW, "python", 0.5, "50 %"));
        }

        assertThat(files()).singleElement().satisfies(file -> assertThat(file).isEmptyFile());
    }

    @Test
    void aJournalLoadsWhereverItWasCutOffAndSpoilsNoOther() throws IOException {
        write("python", 10);
        Path first = files().get(0);
        byte[] whole = Files.readAllBytes(first);
        write("python", 20);

        for (int length = 0; length <= whole.length; length++) {
            Files.write(first, Arrays.copyOf(whole, length));

            assertThat(History.read(state, "flashvsr").all())
                    .as("cut at %s", length)
                    .contains(new History.Took("python", A100, Duration.ofSeconds(20)))
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    void passesOverLinesThatAreNoEvents() throws IOException {
        write("python", 10);
        String noise = new String(new byte[] {0, (byte) 0xff, '{', '\n'}, UTF_8);
        Path file = files().get(0);
        Files.writeString(
                file, noise + "[]\n{\"event\":7}\n" + Files.readString(file) + "{\"event\":\"step.finished\"}\nnull\n");

        assertThat(History.read(state, "flashvsr").all()).hasSize(1);
    }

    @Test
    void aStateDirectoryWithoutJournalsHasNoHistoryAndNoneIsMade() {
        assertThat(History.read(state.resolve("missing"), "flashvsr").all()).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void aBoxWithoutIdentityAndOneWithAnImpossibleOneHaveAJournalToo() {
        Journals journals = Journals.open(state);
        journals.of(Optional.empty()).close();
        journals.of(Optional.of("../../etc/passwd")).close();

        assertThat(state.resolve("journal").toFile().list())
                .hasSize(2)
                .allMatch(name -> name.matches("new-[0-9]+\\.jsonl"));
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsFoundAtOnce() throws IOException {
        Path occupied = Files.writeString(state.resolve("file"), "");

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> Journals.open(occupied))
                .withMessageContaining(occupied.toString())
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .satisfies(e -> assertThat(e.next()).get().asString().contains("--state-dir"));
    }

    @Test
    void theProbeLeavesNothingBehind() {
        Journals.open(state);

        assertThat(state.resolve("journal")).isEmptyDirectory();
    }

    @Test
    void whenTheDiskFillsTheRunGoesOnAndTheJournalSaysSo() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "needs /dev/full");
        try (Journal journal = Journal.open(full)) {
            journal.on(new RunEvent.Notice(NOW, "first"));
            journal.on(new RunEvent.Notice(NOW, "second"));

            assertThat(journal.trouble()).get().asString().contains("can't be written any more");
        }
    }

    @Test
    void likenessIsTheCardsNameAndTheNumberOfProcessors() {
        assertThat(Likeness.of("GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-5c6a)\n", "16\n"))
                .isEqualTo(A100);
        assertThat(Likeness.of("", "many")).isEqualTo(Likeness.UNKNOWN);
        assertThat(Likeness.of("NVIDIA something", "4").gpu()).isEqualTo("NVIDIA something");
    }

    /** The journals of {@link #BOX}, the newest first. */
    private List<Path> files() {
        return JournalFiles.newestFirst(state.resolve("journal"), BOX.orElseThrow() + "-*.jsonl");
    }

    private void write(String step, int seconds) {
        try (Journal journal = Journals.open(state).of(BOX)) {
            journal.begin(NOW, "flashvsr", A100);
            journal.on(new RunEvent.StepFinished(NOW, step, 1, Duration.ofSeconds(seconds)));
        }
    }
}
