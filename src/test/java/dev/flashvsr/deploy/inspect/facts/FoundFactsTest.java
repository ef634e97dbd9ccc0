package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FoundFactsTest {
    private static final String TOOLS = """
            ffmpeg||
            git|/usr/bin/git|git version 2.34.1
            git-lfs|/usr/bin/git-lfs|git-lfs/3.0.2 (GitHub; linux amd64; go 1.18.1)
            cmake|/usr/bin/cmake|cmake version 3.22.1
            ninja|/usr/bin/ninja|1.10.1
            gcc|/usr/bin/gcc|13.3.0
            g++|/usr/bin/g++|13.3.0
            gcc-11|/usr/bin/gcc-11|11
            g++-11|/usr/bin/g++-11|11
            g++-9|/usr/bin/g++-9|9.4.0
            """;

    @Test
    void toolsThatAreThereHaveVersions() {
        Tools tools = Tools.of(Printed.by("tools.versions", TOOLS)).orElseThrow();

        assertThat(tools.find("git-lfs").orElseThrow().version()).hasValue(new Version(3, 0, 2));
        assertThat(tools.missing(java.util.List.of("git", "ffmpeg", "rsync"))).containsExactly("ffmpeg", "rsync");
        assertThat(Tools.of(Printed.by("tools.versions", "bash: fork: Cannot allocate memory")))
                .isEmpty();
    }

    @Test
    void compilersComeInPairsTheUsualOneFirst() {
        Compilers compilers = Compilers.of(Printed.by("tools.versions", TOOLS)).orElseThrow();

        assertThat(compilers.all()).extracting(Compilers.Compiler::gxx).containsExactly("g++", "g++-11");
        assertThat(compilers.noNewerThan(new Version(12, 2, 0)).orElseThrow().gxx())
                .isEqualTo("g++-11");
        assertThat(compilers.noNewerThan(new Version(10, 0, 0))).isEmpty();
    }

    @Test
    void nothingFoundIsNotTheSameAsNotAsked() {
        assertThat(Toolkit.of(Printed.by("nvcc.found", "")))
                .hasValueSatisfying(all -> assertThat(all).isEmpty());
        assertThat(Toolkit.of(Evidence.NONE)).isEmpty();
        Output late = new Output("nvcc.found", OptionalInt.empty(), true, "nvcc|/x|12.4.131|headers");
        assertThat(Toolkit.of(new Evidence(Map.of("nvcc.found", late)))).isEmpty();
    }

    @Test
    void whatIsFoundIsReadByItsLines() {
        Evidence evidence = Printed.by(
                "nvcc.found",
                        "nvcc|/usr/local/cuda/bin/nvcc|12.4.131|headers,cublas\nnvcc|/opt/x/bin/nvcc||\nlink|/usr/local/cuda-12.4\n",
                "conda.found",
                        "conda|conda|/opt/conda|24.7.1|writable,conda-forge\nconda|micromamba|/usr/bin/micromamba|2.0.5|\n",
                "python.found", "python|/usr/bin/python3|3.12.3|managed,headers\npython|/x|three|\nuv|/usr/bin/uv\n",
                "torch.found",
                        "torch|/opt/conda/lib/python3.11/site-packages/torch|2.5.1+cu121|12.1\ntorch|/y|2.4.0+cpu|\n");

        assertThat(Toolkit.of(evidence).orElseThrow())
                .extracting(Toolkit::headers)
                .containsExactly(true, false);
        assertThat(Conda.of(evidence).orElseThrow()).extracting(Conda::writable).containsExactly(true, false);
        assertThat(Python.of(evidence).orElseThrow()).singleElement().matches(python -> python.is("managed"));
        assertThat(Torch.of(evidence).orElseThrow())
                .extracting(torch -> torch.cuda().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void whoHoldsAptIsNamed() {
        Apt apt = Apt.of(Printed.by(
                        "apt.state",
                                "manager=apt-get\nlists=0\nlock=/var/lib/dpkg/lock-frontend|77|unattended-upgr\nsource=/etc/apt/sources.list.d/cuda.list|1|1\nhalf-done=2\n",
                        "apt.plan", "rc=100\nE: Unable to locate package ninja-build\nwould-install=0\n"))
                .orElseThrow();

        assertThat(apt.holders()).containsExactly("unattended-upgr (77)");
        assertThat(apt.vendorSources()).containsExactly("/etc/apt/sources.list.d/cuda.list");
        assertThat(apt.plans()).hasValue(false);
        assertThat(apt.halfDone()).hasValue(2);
    }

    @Test
    void theFirstSettingOfTheSshServerCounts() {
        SshServer server = SshServer.of(Printed.by(
                        "ssh.server",
                                "source=files\nPubkeyAuthentication no\nPubkeyAuthentication yes\nSubsystem sftp internal-sftp\n",
                        "user.home", "home=/root\nwritable=home\nkeys=1\n"))
                .orElseThrow();

        assertThat(server.settings()).containsEntry("pubkeyauthentication", "no");
        assertThat(server.writableKeys()).isTrue();
    }

    @Test
    void speedsAreReadWithWhatWentWrong() {
        var all = NetSpeed.of(Printed.by("net.it", """
                        hub 206 67108864 1.5 44739242 cdn.example ok
                        wheels 200 9000000 28.001 321428 w.example timeout
                        conda 404 120 0.2 600 c.example ok
                        index - 0 0 0 - no-address
                        packages - 0 8.001 0 p.example dns
                        curl: (6) Could not resolve host
                        """), "net.it");

        assertThat(all).extracting(NetSpeed::reached).containsExactly(true, true, false, false, false);
        assertThat(all.get(0).measured()).isTrue();
        assertThat(all.get(0).perSecond()).isEqualTo(44739242);
    }
}
