package dev.flashvsr.deploy.inspect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.facts.Apt;
import dev.flashvsr.deploy.inspect.facts.Compilers;
import dev.flashvsr.deploy.inspect.facts.Conda;
import dev.flashvsr.deploy.inspect.facts.CpuLimits;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.Inodes;
import dev.flashvsr.deploy.inspect.facts.Libc;
import dev.flashvsr.deploy.inspect.facts.Machine;
import dev.flashvsr.deploy.inspect.facts.MemoryLimits;
import dev.flashvsr.deploy.inspect.facts.Mounts;
import dev.flashvsr.deploy.inspect.facts.OperatingSystem;
import dev.flashvsr.deploy.inspect.facts.PidsLimits;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.Poison;
import dev.flashvsr.deploy.inspect.facts.Privilege;
import dev.flashvsr.deploy.inspect.facts.Python;
import dev.flashvsr.deploy.inspect.facts.SshServer;
import dev.flashvsr.deploy.inspect.facts.TemporaryPlaces;
import dev.flashvsr.deploy.inspect.facts.Toolkit;
import dev.flashvsr.deploy.inspect.facts.Tools;
import dev.flashvsr.deploy.inspect.facts.Torch;
import dev.flashvsr.deploy.inspect.facts.Virtualization;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes of system and disks, run on this machine. */
class ProbesHereTest {
    @TempDir
    private Path home;

    @Test
    void everyProbeOfSystemAndDisksEndsInTimeWithAnAnswerThatIsUnderstood() {
        Map<String, Output> outputs = new TreeMap<>();
        for (Probe probe : Probes.all()) {
            if (probe.lane().equals("system") || probe.lane().equals("disk")) {
                outputs.put(probe.id(), run(probe, Map.of("root", home + "/flashvsr")));
            }
        }

        assertThat(outputs.values()).allMatch(Output::ok);
        Evidence evidence = new Evidence(outputs);
        assertThat(OperatingSystem.of(evidence)).isPresent();
        assertThat(Machine.of(evidence)).isPresent();
        assertThat(Libc.of(evidence)).isPresent();
        assertThat(Virtualization.of(evidence)).isPresent();
        assertThat(Privilege.of(evidence))
                .hasValueSatisfying(user -> assertThat(user.known()).isTrue());
        assertThat(MemoryLimits.of(evidence)).isPresent();
        assertThat(CpuLimits.of(evidence)).isPresent();
        assertThat(PidsLimits.of(evidence)).isPresent();
        assertThat(Disk.of(evidence).flatMap(Disk::chosen))
                .hasValueSatisfying(place -> assertThat(place.free()).isPresent());
        assertThat(Inodes.of(evidence)).isNotEmpty();
        assertThat(Mounts.of(evidence)).isPresent();
        assertThat(TemporaryPlaces.of(evidence)).extracting(Place::path).contains("/tmp");
        assertThat(Tools.of(evidence))
                .hasValueSatisfying(tools -> assertThat(tools.find("tar")).isPresent());
        assertThat(Compilers.of(evidence)).isPresent();
        assertThat(Python.of(evidence)).isPresent();
        assertThat(Conda.of(evidence)).isPresent();
        assertThat(Torch.of(evidence)).isPresent();
        assertThat(Toolkit.of(evidence)).isPresent();
        assertThat(Apt.of(evidence)).isPresent();
        assertThat(SshServer.of(evidence)).isPresent();
        assertThat(Poison.of(evidence)).isPresent();
    }

    @Test
    void theRootIsChosenAsTheBoxChoosesIt() {
        Output df = run(Probes.find("disk.df").orElseThrow(), Map.of());
        String script = "set -uo pipefail; shopt -s nullglob\n"
                + "cd src/main/resources/dev/flashvsr/deploy/box\n"
                + "source ./way.sh; source ./trust.sh; source ./root.sh\nchoose_root ''\nprintf '%s' \"$ROOT\"";
        LocalResult box = LocalCommand.of("bash", "-c", script)
                .withEnvironment(Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C", "HOME", home.toString()))
                .in(Path.of("").toAbsolutePath())
                .run(Duration.ofSeconds(20));

        Disk disk = Disk.of(new Evidence(Map.of("disk.df", df))).orElseThrow();
        // Places of one disk have the same room, but for what is written meanwhile.
        String mount = disk.chosen().orElseThrow().mount();
        assertThat(disk.places())
                .filteredOn(place -> box.output().equals(place.path() + "/flashvsr"))
                .extracting(Place::mount)
                .containsExactly(mount);
    }

    @Test
    void valuesOfSecretsAreNotShown() {
        Output output = run(
                Probes.find("user.env").orElseThrow(),
                Map.of(
                        "HF_TOKEN", "hf_hidden",
                        "PIP_INDEX_URL", "https://me:hidden@index.example/simple",
                        "https_proxy", "http://me:hidden@proxy.example:3128",
                        "MAX_JOBS", "64"));

        assertThat(output.text()).contains("HF_TOKEN=", "index.example", "proxy.example", "MAX_JOBS=64");
        assertThat(output.text()).doesNotContain("hidden");
    }

    private Output run(Probe probe, Map<String, String> vars) {
        Map<String, String> environment = new TreeMap<>(vars);
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C");
        environment.put("HOME", home.toString());
        LocalResult result = LocalCommand.of("bash", "--noprofile", "--norc", "-c", probe.command())
                .withEnvironment(environment)
                .in(home)
                .run(probe.limit());
        assertThat(result.timedOut()).as(probe.id()).isFalse();
        assertThat(result.error()).as(probe.id()).isEmpty();
        return Output.of(probe.id(), result.status(), result.output());
    }
}
