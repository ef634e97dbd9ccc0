package dev.flashvsr.deploy.inspect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Knows two fields and refuses all others as old drivers do. */
    private static final String OLD_SMI = """
            #!/bin/bash
            fields=${1#--query-gpu=}
            for field in ${fields//,/ }; do
              case $field in
                index | compute_mode) ;;
                *) echo "Field \\"$field\\" is not a valid field to query."; exit 2 ;;
              esac
            done
            printf '%s\\n' "${fields//,/, }" "${fields//compute_mode/Default}"
            """;

    @TempDir
    private Path dir;

    @Test
    void everyKindOfGpuOutputHasItsProbe() {
        assertThat(Probes.all().stream().map(Probe::id))
                .contains("gpu.where", "gpu.list", "gpu.core", "gpu.xml", "gpu.table", "gpu.driverapi", "gpu.xid");
        assertThat(Probes.find("gpu.nothing")).isEmpty();
    }

    @Test
    void shellcheckFindsNothingInAnyCommand() throws IOException {
        List<String> command = new ArrayList<>(List.of("shellcheck", "--shell=bash", "--severity=style"));
        for (Probe probe : Probes.all()) {
            // Variables of the playbook come from outside.
            String vars = String.join(
                    "\n",
                    probe.vars().stream()
                            .map(name -> "export " + name + "=\"${" + name + "-}\"")
                            .toList());
            Path file = Files.writeString(dir.resolve(probe.id()), vars + "\n" + probe.command() + "\n");
            command.add(file.toString());
        }
        LocalResult result = LocalCommand.of(command.toArray(String[]::new)).run(LIMIT);

        assertThat(result.output()).isEmpty();
        assertThat(result.ok()).isTrue();
    }

    @Test
    void bashReadsEveryCommand() {
        for (Probe probe : Probes.all()) {
            LocalResult result =
                    LocalCommand.of("bash", "-n", "-c", probe.command()).run(LIMIT);

            assertThat(result.error()).as(probe.id()).isEmpty();
        }
    }

    @Test
    void gpuProbesEndInTimeOnABoxWithoutACard() {
        for (Probe probe : Probes.all()) {
            if (probe.lane().equals("gpu")) {
                LocalResult result = run(probe, System.getenv("PATH"));

                assertThat(result.timedOut()).as(probe.id()).isFalse();
                assertThat(result.output() + result.error()).as(probe.id()).doesNotContain("syntax error", "Traceback");
            }
        }
    }

    @Test
    void aFieldThatTheDriverDoesNotKnowCostsOnlyItself() throws IOException {
        Path smi = Files.writeString(dir.resolve("nvidia-smi"), OLD_SMI);
        assertThat(smi.toFile().setExecutable(true)).isTrue();

        LocalResult result = run(Probes.find("gpu.capability").orElseThrow(), dir + ":" + System.getenv("PATH"));

        assertThat(result.status()).isZero();
        assertThat(result.output())
                .contains("index\nindex", "compute_mode\nDefault", "\"compute_cap\" is not a valid field");
    }

    private LocalResult run(Probe probe, String path) {
        return LocalCommand.of("bash", "-c", probe.command())
                .withEnvironment(Map.of("PATH", path, "LC_ALL", "C", "HOME", dir.toString()))
                .in(dir)
                .run(probe.limit());
    }
}
