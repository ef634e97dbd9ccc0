package dev.flashvsr.deploy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.hash.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the playbook downloads with, against the stand-in for what it downloads from. */
class PocketInternetIT {
    private static final Map<String, String> PINS = Map.of(
            "miniforge_url", "https://example.org/Miniforge3-25.3.1-0-Linux-x86_64.sh",
            "python_version", "3.11.13",
            "python_packages", "00 linux-64/python-3.11.13-h9e4cc4f_0_cpython.conda\n",
            "torch_wheels", "00 torch-2.5.1+cu121-cp311-cp311-linux_x86_64.whl\n- torchaudio-2.5.1+cu121-cp311-x.whl\n",
            "torch_requirements",
                    "# a comment\nfilelock==3.19.1 --hash=sha256:00\nnvidia-nvtx-cu12==12.1.105 --hash=x\n",
            "weights_repo", "JunhaoZhuang/FlashVSR-v1.1",
            "weights_manifest", "00 5676070392 model.safetensors\n00 189018333 TCDecoder.ckpt\n");

    @TempDir
    static Path state;

    @TempDir
    Path work;

    private static PocketInternet internet;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    @BeforeAll
    static void start() {
        internet = PocketInternet.start(state, PINS);
    }

    @AfterAll
    static void stop() {
        internet.close();
    }

    @AfterEach
    void nothingGoesWrongAnyMore() {
        internet.faults().clear();
    }

    @Test
    void gitFetchesTheExactCommitAndItsSubmoduleAlone() throws Exception {
        run("git", "init", "-q", "clone");
        run("git", "-C", "clone", "fetch", "-q", "--depth", "1", value("bsa_git"), value("bsa_commit"));
        run("git", "-C", "clone", "checkout", "-q", "--detach", value("bsa_commit"));
        assertThat(work.resolve("clone/setup.py")).exists();
        assertThat(work.resolve("clone/LATER")).doesNotExist();
        assertThat(run("git", "-C", "clone", "rev-list", "--count", "HEAD")).isEqualTo("1");

        run("git", "-C", "clone", "submodule", "init");
        run("git", "-C", "clone", "config", "submodule.csrc/cutlass.url", value("cutlass_git"));
        run("git", "-C", "clone", "submodule", "update", "-q", "--depth", "1");
        assertThat(work.resolve("clone/csrc/cutlass/include/cutlass/cutlass.h")).exists();
        assertThat(run("git", "-C", "clone/csrc/cutlass", "rev-parse", "HEAD")).isEqualTo(value("cutlass_commit"));
    }

    @Test
    void gitLfsBringsTheWeightsWithTheHashesOfTheManifest() throws Exception {
        String hub = value("hub_base") + "/JunhaoZhuang/FlashVSR-v1.1";
        run("git", "init", "-q", "hub");
        run("git", "-C", "hub", "remote", "add", "origin", hub);
        run("git", "-C", "hub", "fetch", "-q", "--depth", "1", "origin", value("weights_revision"));
        run(
                "env",
                "GIT_LFS_SKIP_SMUDGE=1",
                "git",
                "-C",
                "hub",
                "checkout",
                "-q",
                "--detach",
                value("weights_revision"));
        assertThat(Files.size(work.resolve("hub/TCDecoder.ckpt"))).isLessThan(200);
        run("git", "-C", "hub", "lfs", "install", "--local");
        run("git", "-C", "hub", "lfs", "pull", "origin");
        for (String line : value("weights_manifest").lines().toList()) {
            String[] words = line.split(" ");
            byte[] file = Files.readAllBytes(work.resolve("hub").resolve(words[2]));
            assertThat(file).hasSize(Integer.parseInt(words[1]));
            assertThat(Sha256.hex(file)).isEqualTo(words[0]);
        }
    }

    @Test
    void aPlainDownloadThatWasCutGoesOnWhereItWas() throws Exception {
        String[] words =
                value("weights_manifest").lines().findFirst().orElseThrow().split(" ");
        String url =
                value("hub_base") + "/JunhaoZhuang/FlashVSR-v1.1/resolve/" + value("weights_revision") + "/" + words[2];
        internet.faults().plan("/cdn/" + words[0], 1, new Fault.Cut(20_000));
        assertThat(start("curl", "-sSfL", "-o", "part", url).waitFor()).isNotZero();
        assertThat(work.resolve("part")).hasSize(20_000);
        run("curl", "-sSfL", "-C", "-", "-o", "part", url);
        assertThat(Sha256.hex(Files.readAllBytes(work.resolve("part")))).isEqualTo(words[0]);
    }

    @Test
    void pipInstallsTheStandInsByTheHashesThatTheIndexesState() throws Exception {
        run("python3", "-m", "venv", "venv");
        Path list = Files.writeString(work.resolve("list"), value("torch_requirements"));
        run(
                "venv/bin/pip",
                "-q",
                "download",
                "--no-deps",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--index-url",
                value("pypi_index"),
                "-d",
                "wheels",
                "-r",
                list.toString());
        run("venv/bin/pip", "-q", "install", "--no-index", "--no-deps", "-f", "wheels", "filelock");
        run("venv/bin/pip", "-q", "install", "--no-deps", "--index-url", value("pytorch_wheel_base"), "torch");
        assertThat(run(
                        "venv/bin/python",
                        "-c",
                        "import torch, filelock; print(torch.__version__, filelock.__standin__)"))
                .isEqualTo("2.5.1+cu121 True");
        assertThat(value("torch_wheels").lines())
                .anySatisfy(line -> assertThat(line).startsWith("- torchaudio-2.5.1+cu121-py3"));
    }

    @Test
    void refusalsSayWhenToComeBack() throws Exception {
        internet.faults().plan("/miniforge/", 1, new Fault.TooManyRequests(Duration.ofSeconds(7)));
        HttpResponse<byte[]> refused = get("miniforge_url");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
        internet.faults().plan("/miniforge/", 1, new Fault.Unavailable());
        assertThat(get("miniforge_url").statusCode()).isEqualTo(503);
        assertThat(Sha256.hex(get("miniforge_url").body())).isEqualTo(value("miniforge_sha256"));
    }

    @Test
    void wrongContentHasTheRightLength() throws Exception {
        int length = get("miniforge_url").body().length;
        internet.faults().plan("/miniforge/", 1, new Fault.WrongContent());
        byte[] wrong = get("miniforge_url").body();
        assertThat(wrong).hasSize(length);
        assertThat(Sha256.hex(wrong)).isNotEqualTo(value("miniforge_sha256"));
    }

    @Test
    void aSecondStartHasTheSameAddressesAndHashes(@TempDir Path other) {
        Map<String, String> first;
        try (PocketInternet one = PocketInternet.start(other, PINS)) {
            first = one.variables();
        }
        try (PocketInternet two = PocketInternet.start(other, PINS)) {
            assertThat(two.variables()).isEqualTo(first);
        }
    }

    private static String value(String name) {
        return internet.variables().getOrDefault(name, "");
    }

    private HttpResponse<byte[]> get(String variable) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(value(variable))).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", work.toString());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        return builder.start();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), out)
                .isZero();
        return out.strip();
    }
}
