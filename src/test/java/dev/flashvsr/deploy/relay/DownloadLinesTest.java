package dev.flashvsr.deploy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadLinesTest {
    private static final String SHA = "a".repeat(64);
    private static final String COMMIT = "b".repeat(40);
    private static final URI OWN_INDEX = URI.create("https://mirror.example/simple");
    private static final Map<String, String> VALUES = Map.of(
            "hub",
            "https://hub.example:8443/base",
            "git",
            "git@code.example:group/x.git",
            "pins",
            SHA + " x\n" + COMMIT + "\n- y-1.0-py3-none-any.whl",
            "other",
            "https://elsewhere.example/ " + "c".repeat(64));

    @TempDir
    Path directory;

    private Playbook playbook;

    @BeforeEach
    void playbook() throws IOException {
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: small
                vars: {hub: "", git: "", pins: "", other: "https://elsewhere.example/"}
                secrets: [TOKEN, OTHERS]
                steps:
                  - {id: a, check: 'true', run: 'true', inputs: [hub, git, pins], secrets: [TOKEN]}
                  - {id: b, check: 'true', run: 'true', inputs: [other]}
                """);
        playbook = PlaybookLoader.load(directory);
    }

    private DownloadLines.Said read(String... lines) {
        Step step = playbook.step("a").orElseThrow();
        return new DownloadLines(step, VALUES, "/w", OWN_INDEX).read(List.of(lines));
    }

    @Test
    void readsEveryKindOfLine() {
        DownloadLines.Said said = read(
                "file " + SHA + " https://hub.example:8443/f%20g 12 TOKEN /w/a place/f",
                "file " + SHA + " https://hub.example:8443/f - - /w/f",
                "",
                "git " + COMMIT + " git@code.example:group/x.git /w/x.bundle",
                "wheel " + SHA + " - a.B_c /w/wheels",
                "stated https://hub.example:8443/whl y-1.0-py3-none-any.whl /w/wheels",
                "other packages \u001b[31mof the system");

        URI file = URI.create("https://hub.example:8443/f");
        assertThat(said.downloads())
                .containsExactly(
                        new Download.Web(
                                "a",
                                SHA,
                                URI.create(file + "%20g"),
                                OptionalLong.of(12),
                                Optional.of("TOKEN"),
                                "/w/a place/f"),
                        new Download.Web("a", SHA, file, OptionalLong.empty(), Optional.empty(), "/w/f"),
                        new Download.Commit("a", COMMIT, "git@code.example:group/x.git", "/w/x.bundle"),
                        new Download.Wheel("a", SHA, OWN_INDEX, "a.B_c", "/w/wheels"),
                        new Download.Stated(
                                "a",
                                URI.create("https://hub.example:8443/whl"),
                                "y-1.0-py3-none-any.whl",
                                "/w/wheels"));
        assertThat(said.downloads())
                .extracting(Download::host)
                .containsExactly("hub.example", "hub.example", "code.example", "mirror.example", "hub.example");
        assertThat(said.others()).containsExactly("packages of the system");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file SHA https://elsewhere.example/f - - /w/f",
                "file SHA http://hub.example:8443/f - - /w/f",
                "file SHA https://hub.example/f - - /w/f",
                "file SHA https://user@hub.example:8443/f - - /w/f",
                "file SHA http://169.254.169.254/latest - - /w/f",
                "file SHA file:///etc/passwd - - /w/f",
                "file cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc https://hub.example:8443/f - - /w/f",
                "file SHA https://hub.example:8443/f - PATH /w/f",
                "file SHA https://hub.example:8443/f - - /etc/f",
                "file SHA https://hub.example:8443/f - - /w/../etc/f",
                "file SHA https://hub.example:8443/f - - /w/.deploy/lock",
                "file SHA https://hub.example:8443/f - -",
                "git COMMIT ext::sh /w/x",
                "git COMMIT --upload-pack=x /w/x",
                "git COMMIT git@elsewhere.example:group/x.git /w/x",
                "git cccccccccccccccccccccccccccccccccccccccc git@code.example:group/x.git /w/x",
                "wheel SHA https://elsewhere.example/simple x /w/wheels",
                "wheel SHA - ../x /w/wheels",
                "stated https://hub.example:8443/whl other-1.0.whl /w/wheels",
                "run me"
            })
    void whatTheStepDoesNotPinIsRefused(String line) {
        String said = line.replace("SHA", SHA).replace("COMMIT", COMMIT);

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> read(said))
                .withMessage("The step a on the box asks for a download that its inputs do not pin: "
                        + said.replace("user@", "[secret]@") + ".")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
    }

    @Test
    void hostsAreAllSomeOrNone() {
        RelayedHosts all = RelayedHosts.of(List.of(), playbook, VALUES);
        RelayedHosts some = RelayedHosts.of(List.of("Example", "pypi.org"), playbook, VALUES);

        assertThat(RelayedHosts.NONE.isNone()).isTrue();
        assertThat(RelayedHosts.NONE.covers("hub.example")).isFalse();
        assertThat(all.covers("hub.example")).isTrue();
        assertThat(some.covers("hub.example")).as("a host below one").isTrue();
        assertThat(some.covers("counterexample")).isFalse();
        assertThat(some.coversAll(List.of("https://hub.example/x", "no address")))
                .isTrue();
        assertThat(some.coversAll(List.of("https://hub.example/x", "https://files.elsewhere.org")))
                .isFalse();
        assertThat(some.coversAll(List.of("no address"))).isFalse();
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> RelayedHosts.of(List.of("hub.exmaple"), playbook, VALUES))
                .withMessage("--relay \"hub.exmaple\": the playbook small downloads nothing from there.")
                .satisfies(e -> assertThat(e.next()).contains("did you mean \"hub.example\"?"));
    }
}
