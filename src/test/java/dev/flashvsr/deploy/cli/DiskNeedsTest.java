package dev.flashvsr.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.engine.Surveyor;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This machine as the box, with real files. */
@Timeout(60)
class DiskNeedsTest {
    @TempDir
    Path directory;

    private final RandomGenerator random = new SecureRandom();
    private String version = "1";
    private Path root;
    private Playbook playbook;

    @BeforeEach
    void aPlaybookWithALargeDownload() throws IOException {
        Files.createDirectory(directory.resolve("home"));
        root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: large
                vars: {version: "1"}
                steps:
                  - id: there
                    check: 'true'
                    run: ':'
                    estimate: {disk: 9GB}
                    makes: [old]
                  - id: fetch
                    inputs: [version]
                    check: 'false'
                    run: ':'
                    needs: []
                    estimate: {time: 5m, disk: 10MB}
                    makes: [large]
                  - id: small
                    check: 'false'
                    run: ':'
                    needs: []
                    estimate: {disk: 1MB}
                    makes: [large, small]
                """);
        playbook = PlaybookLoader.load(directory);
        file("large/file.part", 4_000_000);
        file("old/file", 2_000_000);
    }

    private void file(String name, int bytes) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(path, content);
    }

    private Box box() {
        return new LocalBox(
                "root@203.0.113.7:22",
                Path.of("/bin/bash"),
                Login.of("/bin/bash", directory.resolve("home")).environment());
    }

    private Map<String, String> values() {
        return Map.of("root", root.toString(), "version", version);
    }

    private Plan plan(BoxState state) {
        return Planner.of(playbook, values(), Selection.ALL).plan(state, History.NONE);
    }

    private Plan less(long free) {
        try (Box box = box()) {
            BoxState state = new Surveyor(playbook, values(), random, Clock.systemUTC())
                    .survey(box, false)
                    .state();
            BoxLine line = new BoxLine("a", Optional.empty(), root.toString(), "given", false, Optional.of(free));
            return DiskNeeds.less(plan(state), box, line, random);
        }
    }

    @Test
    void whatLiesThereOfStepsThatRunNeedsNoMoreRoom() {
        Plan plan = less(8_000_000);

        assertThat(DiskNeeds.needed(plan)).isBetween(6_800_000L, 7_000_000L);
        assertThat(plan.steps().get(1).expected()).isPresent();
    }

    @Test
    void whatIsThereBeyondAStepsOwnNeedsServesNoOther() throws IOException {
        file("large/more", 20_000_000);

        assertThat(DiskNeeds.needed(less(0))).isEqualTo(1_000_000);
    }

    @Test
    void nothingIsMeasuredWhereThereIsRoomEnough() {
        assertThat(DiskNeeds.needed(less(11_000_000))).isEqualTo(11_000_000);
    }

    @Test
    void whatWasMadeForOtherInputsIsNoPartOfWhatIsToCome() throws IOException {
        String head = less(0).steps().get(1).checkpointHead(root.toString());
        Path checkpoints = Files.createDirectories(root.resolve(".deploy/checkpoints"));
        Files.writeString(checkpoints.resolve("fetch.json"), head + """
                  "run": "20261101T100000Z-0badcafe",
                  "attempt": 1,
                  "seconds": 61,
                  "time": "2026-10-31T23:59:59Z"
                }
                """);
        assertThat(DiskNeeds.needed(less(0))).isLessThan(8_000_000);

        version = "2";
        assertThat(DiskNeeds.needed(less(0))).isGreaterThanOrEqualTo(10_000_000);
    }
}
