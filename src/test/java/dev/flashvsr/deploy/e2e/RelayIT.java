package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.rehearsal.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unchanged playbook for FlashVSR on a box that reaches none of its hosts: they have a name that cannot be resolved, and
 * only the user's machine has a proxy that leads to the pocket internet. What needs a GPU is a stand-in.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RelayIT {
    private static final String HOST = "pocket.invalid";
    /** Steps that are quick, with all that they need. */
    private static final String QUICK = "box,system-packages,conda,tools,flashvsr-source,weights";

    private static final String[] ONLY_THIS_MACHINE = {"--ignore", "memory,disk-size,inodes"};

    @TempDir
    static Path directory;

    private static RehearsedBox box;
    private static Program bare;
    private static Program program;
    private static String target;

    @BeforeAll
    static void start() throws Exception {
        box = RehearsedBox.start(directory, "http://" + HOST);
        target = box.target();
        bare = box.program().environment("http_proxy", box.internet());
        program = bare.with(ONLY_THIS_MACHINE);
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    @Order(1)
    void aBoxThatReachesNothingIsRefusedButNotWithRelay() {
        program.run("plan", target).exits(4).complains("hub-reachable", "github-reachable", "conda-forge-reachable");
        program.run("plan", target, "--relay=" + HOST)
                .exits(0)
                .says(
                        "By way of this machine: ",
                        " downloads, about ",
                        " GB, from " + HOST,
                        "Still fetched by the box itself: system-packages");
        program.run("plan", target, "--relay=elsewhere.invalid").exits(2).complains("downloads nothing from there");
        assertThat(box.root()).isEmptyDirectory();
    }

    @Test
    @Order(2)
    void anInterruptionWhileFilesGoToTheBoxLeavesThemThereAndRunsNothing() {
        box.rehearsal().internet().faults().plan("/cdn/", 100, new Fault.Slow(100));
        Path sent = box.root().resolve("downloads/git");

        try (RunningProgram up = program.start("up", "--relay", target, "--yes", "--only", QUICK)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> files(sent).size() == 1 || !up.isAlive());
            up.signal("INT").end().exits(130).complains("Nothing was run on the box", "up " + target, "--relay");
        }

        assertThat(box.root().resolve(".deploy/runs")).isEmptyDirectory();
    }

    @Test
    @Order(3)
    void theSameCommandGoesOnOverALinkThatBreaksAndNothingIsFetchedAgainNorByTheBox() throws Exception {
        box.rehearsal().internet().faults().clear();
        box.rehearsal().internet().faults().plan("/cdn/", 100, new Fault.Slow(1_000_000));
        for (String done : List.of("/conda/", "/miniforge/", "/git/")) {
            box.rehearsal().internet().faults().plan(done, 1000, new Fault.Unavailable());
        }

        try (RunningProgram up = program.start("up", target, "--relay", "--yes", "--only", QUICK)) {
            up.shows("plan: ");
            box.server().cutConnections();
            up.end(Duration.ofMinutes(4))
                    .exits(0)
                    .says("link restored", "What steps would download is on the box", "weights: done")
                    .hasNoTrace();
        }

        assertThat(files(box.root().resolve("downloads/git")))
                .as("bundles that were used")
                .isEmpty();
        assertTheBoxFetchedNothing();
    }

    @Test
    @Order(4)
    void whatWasRemovedGoesThereAgainFromWhatIsKeptHere() throws Exception {
        Shell.run("rm", "-r", box.root().resolve("FlashVSR").toString());

        program.run("up", target, "--relay", "--yes", "--only", QUICK)
                .exits(0)
                .says("1 download", "flashvsr-source: done");
        assertTheBoxFetchedNothing();
    }

    @Tag("full")
    @Test
    @Order(5)
    void theWholePlaybookIsDoneWithoutADownloadByTheBox() throws Exception {
        box.rehearsal().internet().faults().clear();

        program.run("up", target, "--relay", "--yes").exits(0).says("smoke: done");

        assertThat(box.root().resolve("smoke/result.json")).content().contains("\"passed\": true");
        assertTheBoxFetchedNothing();
    }

    @Test
    @Order(6)
    void whatWasSentAheadOfItsStepIsRemovedByClean() {
        bare.run("clean", target, "--yes").exits(0).says("removed FlashVSR", "removed .deploy");

        assertThat(box.root()).isEmptyDirectory();
    }

    private static void assertTheBoxFetchedNothing() throws IOException {
        assertThat(logs())
                .isNotEmpty()
                .allSatisfy(log -> assertThat(log).content().doesNotContain("fetching "));
    }

    private static List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.walk(box.root().resolve(".deploy/runs"))) {
            return all.filter(file -> file.endsWith("log")).toList();
        }
    }

    private static List<Path> files(Path place) {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.toString().endsWith(".bundle")).toList();
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
