package dev.flashvsr.deploy.inspect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.facts.Clock;
import dev.flashvsr.deploy.inspect.facts.NetSpeed;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes of the line, against a server on this machine: by each of the tools that a box may have. */
class NetProbesHereTest {
    private static final List<String> BASICS = List.of(
            "bash",
            "timeout",
            "head",
            "tail",
            "wc",
            "sed",
            "grep",
            "date",
            "cat",
            "tr",
            "sort",
            "basename",
            "readlink");

    @TempDir
    private Path bin;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        for (String name : BASICS) {
            link(name);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget", "python3"})
    void aFileIsReadInItsRange(String tool) throws IOException {
        link(tool);

        NetSpeed speed = hub("net.hub.quick", server.base());

        assertThat(speed.reached()).isTrue();
        assertThat(speed.measured()).isTrue();
        assertThat(speed.code()).hasValue(206);
        assertThat(speed.bytes()).isEqualTo(FileServer.SIZE);
        assertThat(speed.how()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget", "python3"})
    void theHostAfterARedirectIsNamed(String tool) throws IOException {
        link(tool);

        NetSpeed speed = hub("net.hub.quick", server.base().replace("127.0.0.1", "localhost") + "/moved");

        assertThat(speed.reached()).isTrue();
        assertThat(speed.host()).startsWith("127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget", "python3"})
    void aRefusalOfTheServerIsItsStatus(String tool) throws IOException {
        link(tool);

        assertThat(hub("net.hub.quick", server.base() + "/forbidden").code()).hasValue(403);
        NetSpeed missing = hub("net.hub.quick", server.base() + "/missing");
        assertThat(missing.code()).hasValue(404);
        assertThat(missing.reached()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget", "python3"})
    void whatNobodyListensOnIsNotReached(String tool) throws IOException {
        link(tool);
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        NetSpeed speed = hub("net.hub.quick", "http://127.0.0.1:" + free);

        assertThat(speed.reached()).isFalse();
        assertThat(speed.code()).isEmpty();
        assertThat(speed.how()).isIn("refused", "unreachable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget", "python3"})
    void aSlowServerIsMeasuredByWhatCameInTime(String tool) throws IOException {
        link(tool);

        NetSpeed speed = hub("net.hub.quick", server.base() + "/slow");

        assertThat(speed.how()).isEqualTo("timeout");
        assertThat(speed.bytes()).isBetween(100_000L, 500_000L);
        assertThat(speed.reached()).isTrue();
        assertThat(speed.perSecond()).isBetween(10_000.0, 60_000.0);
    }

    @Test
    void aServerThatSaysNothingIsATimeout() throws IOException {
        link("curl");

        NetSpeed speed = hub("net.hub.quick", server.base() + "/silent");

        assertThat(speed.reached()).isFalse();
        assertThat(speed.how()).isEqualTo("timeout");
    }

    @Test
    void aBoxWithNoToolSaysSo() {
        assertThat(hub("net.hub.quick", server.base()).how()).isEqualTo("opens-but-no-tool");
    }

    @Test
    void anAddressThatIsNotSetIsSaid() throws IOException {
        link("curl");

        NetSpeed speed = speeds(run("net.wheels.quick", Map.of())).get(0);

        assertThat(speed.label()).isEqualTo("wheels");
        assertThat(speed.how()).isEqualTo("no-address");
    }

    @Test
    void everyAddressOfThePlaybookIsTried() throws IOException {
        link("curl");
        Map<String, String> vars = Map.of(
                "flashvsr_git", server.base() + "/FlashVSR.git",
                "bsa_git", server.base() + "/missing.git",
                "pytorch_wheel_base", server.base() + "/whl",
                "torch_wheels", "00 torch-2.5.1+cu121-cp311.whl",
                "conda_channel", server.base() + "/conda",
                "python_packages", "00 linux-64/readline-8.conda\n00 linux-64/python-3.11.13.conda",
                "miniforge_url", server.base() + "/forbidden.sh",
                "pypi_index", server.base() + "/simple",
                "torch_requirements", "numpy==1.2 --hash=sha256:00");

        List<NetSpeed> github = speeds(run("net.github", vars));
        assertThat(github)
                .extracting(NetSpeed::label)
                .containsExactly("github-refs", "attention-refs", "github-archive");
        assertThat(github).extracting(NetSpeed::reached).containsExactly(true, false, true);
        assertThat(speeds(run("net.wheels", vars)).get(0).reached()).isTrue();
        assertThat(speeds(run("net.conda", vars))).extracting(NetSpeed::reached).containsExactly(true, false);
        assertThat(speeds(run("net.pypi", vars)))
                .extracting(NetSpeed::label, NetSpeed::reached)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("index", true),
                        org.assertj.core.groups.Tuple.tuple("packages", true));
    }

    @Test
    void theClockIsHeldAgainstAServers() throws IOException {
        link("curl");
        Output output = run("os.clock", Map.of("hub_base", server.base()));

        Clock clock = Clock.of(new Evidence(Map.of("os.clock", output))).orElseThrow();
        assertThat(clock.ahead().orElseThrow()).isBetween(-5L, 5L);
        assertThat(clock.host()).startsWith("127.0.0.1");
    }

    private NetSpeed hub(String probe, String base) {
        return speeds(run(
                        probe,
                        Map.of("hub_base", base, "weights_repo", "a/b", "weights_manifest", "00 9 TCDecoder.ckpt")))
                .get(0);
    }

    private static List<NetSpeed> speeds(Output output) {
        return NetSpeed.of(new Evidence(Map.of("net.it", output)), "net.it");
    }

    private Output run(String id, Map<String, String> vars) {
        Probe probe = Probes.find(id).orElseThrow();
        Map<String, String> environment = new TreeMap<>(vars);
        environment.put("PATH", bin.toString());
        environment.put("LC_ALL", "C");
        environment.put("HOME", bin.toString());
        LocalResult result = LocalCommand.of("/bin/bash", "--noprofile", "--norc", "-c", probe.command())
                .withEnvironment(environment)
                .in(bin)
                .run(probe.limit().plusSeconds(5));
        assertThat(result.timedOut()).as(id).isFalse();
        assertThat(result.error()).as(id).isEmpty();
        return Output.of(id, result.status(), result.output());
    }

    private void link(String name) throws IOException {
        for (String dir : List.of("/usr/bin", "/bin")) {
            Path file = Path.of(dir, name);
            if (Files.exists(file)) {
                Path wrapper = Files.writeString(bin.resolve(name), "#!/bin/bash\nexec " + file + " \"$@\"\n");
                assertThat(wrapper.toFile().setExecutable(true)).isTrue();
                return;
            }
        }
        org.junit.jupiter.api.Assumptions.abort("this machine has no " + name);
    }
}
