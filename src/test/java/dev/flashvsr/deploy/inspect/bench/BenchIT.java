package dev.flashvsr.deploy.inspect.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.facts.BenchDisk;
import dev.flashvsr.deploy.inspect.facts.BenchGpu;
import dev.flashvsr.deploy.inspect.facts.BenchLine;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Judgement;
import dev.flashvsr.deploy.inspect.rule.Rules;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.process.LocalCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk and the line for real; the card as a stand-in of libcuda, nvidia-smi and PyTorch, which only keep times. */
class BenchIT {
    private static final BenchPace SHORT = new BenchPace(
            Duration.ofMillis(100),
            Duration.ofMillis(700),
            Duration.ofMillis(100),
            Duration.ofSeconds(40),
            40L << 20,
            200,
            Duration.ofSeconds(3),
            8L << 20,
            Duration.ofSeconds(3),
            Duration.ofSeconds(10));

    private static final Output A100 = Output.of("nvidia-smi", 0, """
            index, name, memory.total [MiB], compute_cap
            0, NVIDIA A100-SXM4-80GB, 81920 MiB, 8.0
            """);

    @TempDir
    private static Path standIns;

    @TempDir
    private Path dir;

    @BeforeAll
    static void standInsAreMade() throws IOException {
        for (String file :
                List.of("libcuda-standin.c", "nvidia-smi-standin.sh", "torch/__init__.py", "torch/version.py")) {
            Path to = standIns.resolve(file.equals("nvidia-smi-standin.sh") ? "nvidia-smi" : file);
            Files.createDirectories(to.getParent());
            try (InputStream from = BenchIT.class.getResourceAsStream("/dev/flashvsr/deploy/inspect/bench/" + file)) {
                Files.copy(from, to);
            }
        }
        assertThat(standIns.resolve("nvidia-smi").toFile().setExecutable(true)).isTrue();
        assertThat(LocalCommand.of(
                                "gcc",
                                "-shared",
                                "-fPIC",
                                "-w",
                                "-o",
                                standIns.resolve("libcuda.so.1").toString(),
                                standIns.resolve("libcuda-standin.c").toString())
                        .run(Duration.ofSeconds(60))
                        .ok())
                .isTrue();
    }

    @Test
    void diskAndLineAreMeasuredAndNothingIsLeft() throws IOException {
        List<BenchPart> begun = new ArrayList<>();
        Evidence evidence = bench(List.of(BenchPart.values()), "steady", Evidence.NONE, begun);

        assertThat(begun).containsExactly(BenchPart.values());
        BenchDisk disk = BenchDisk.of(evidence).orElseThrow();
        assertThat(disk.place()).isEqualTo(dir.toString());
        assertThat(disk.writeMbs()).isPositive();
        assertThat(disk.filesPerSecond()).isPresent();
        BenchLine line = BenchLine.of(evidence).orElseThrow();
        assertThat(line.pushMbs()).isPresent();
        assertThat(line.pullMbs()).isPresent();
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("bench"));
        }
    }

    @Test
    void whatAnEarlierMeasurementLeftIsRemoved() throws IOException {
        String host = LocalCommand.of("bash", "-c", "printf %s \"$HOSTNAME\"")
                .run(Duration.ofSeconds(5))
                .output();
        Path left = Files.createDirectory(dir.resolve(".flashvsr-bench." + host + ".4999999"));
        Files.writeString(left.resolve("large"), "x");

        bench(List.of(BenchPart.DISK), "steady", Evidence.NONE, new ArrayList<>());

        assertThat(left).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "steady, PASS, PASS, nothing to do",
        "heat, WARN, WARN, Heat",
        "power, WARN, PASS, limited to 240 W",
        "shared, PASS, FAIL, Somebody else",
        "neighbour, PASS, FAIL, busy while we let it rest",
        "refused, FAIL, PASS, nothing to do",
        "busy, UNKNOWN, UNKNOWN, a process of this box works on the card (4711",
        "broken, UNKNOWN, UNKNOWN, CUDA_ERROR_DEVICE_UNAVAILABLE"
    })
    void theDriverAloneTellsHeatPowerAndNeighboursApart(String card, Verdict speed, Verdict steady, String says) {
        Evidence evidence = card(card, Evidence.NONE);

        String printed = evidence.of("bench.gpu").orElseThrow().text();
        assertThat(judge("gpu-full-speed", evidence)
                        .says()
                        .and(judge("gpu-steady", evidence).says())
                        .en())
                .as(printed)
                .contains(says);
        assertThat(judge("gpu-steady", evidence).verdict()).as(printed).isEqualTo(steady);
        assertThat(judge("gpu-full-speed", evidence).verdict()).as(printed).isEqualTo(speed);
    }

    /** The compiler is a stand-in: a script that writes another. */
    @ParameterizedTest
    @CsvSource({
        "echo ran=OK, 12.4.131, PASS, was compiled and ran",
        "echo ran=no CUDA-capable device is detected; exit 1, 12.8.93, FAIL, no CUDA-capable device",
        "exit 1, 12.4.131, FAIL, but did not run",
        "cannot, 12.4.131, FAIL, unsupported GNU version",
        "echo ran=OK, 12.1.105, FAIL, no nvcc that fits"
    })
    void aSmallKernelProvesThatCudaCodeCanBeCompiled(String program, String version, Verdict verdict, String says)
            throws IOException {
        Path nvcc = dir.resolve("nvcc");
        Files.writeString(nvcc, program.equals("cannot") ? """
                        #!/bin/bash
                        echo "host_config.h: error: -- unsupported GNU version! gcc versions later than 13 are not supported!" >&2
                        exit 1
                        """ : """
                        #!/bin/bash
                        while [ "$1" != -o ]; do shift; done
                        printf '#!/bin/sh\n%s\n' "PROGRAM" >"$2"
                        chmod +x "$2"
                        """.replace("PROGRAM", program));
        assertThat(nvcc.toFile().setExecutable(true)).isTrue();
        Evidence seen = new Evidence(Map.of(
                "nvcc.found",
                Output.of("", 0, "nvcc|" + nvcc + "|" + version + "|headers,cublas,cusparse\n"),
                "tools.versions",
                Output.of("", 0, "gcc|/usr/bin/gcc|12.2.0\ng++|/usr/bin/g++|12.2.0\n")));

        Evidence all = seen.and(bench(List.of(BenchPart.COMPILE), "steady", seen, new ArrayList<>()));

        Judgement judged = Rules.find("cuda-compile")
                .orElseThrow()
                .judge(Catalogue.load().find("cuda-compile").orElseThrow(), all);
        assertThat(judged.says().en()).as(all.toString()).contains(says);
        assertThat(judged.verdict()).isEqualTo(verdict);
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("bench"));
        }
    }

    @Test
    void anInstalledPyTorchThatSeesTheCardMeasures() throws IOException {
        Evidence evidence = card("steady", torch());

        BenchGpu bench = BenchGpu.of(evidence).orElseThrow();
        assertThat(bench.text("how")).hasValue("torch");
        assertThat(bench.figure("matmul_tflops").orElseThrow()).isBetween(240.0, 256.0);
        assertThat(judge("gpu-full-speed", evidence).says().en()).contains("TFLOP/s bf16 of 312");
    }

    @Test
    void aPyTorchThatDoesNotSeeTheCardIsLeftForTheDriver() throws IOException {
        Evidence evidence = card("steady", torch(), "TORCH_STANDIN", "blind");

        assertThat(BenchGpu.of(evidence).orElseThrow().text("how")).hasValue("driver");
    }

    /** A Python of its own with the stand-in of PyTorch. */
    private Evidence torch() throws IOException {
        assertThat(LocalCommand.of(
                                "python3",
                                "-m",
                                "venv",
                                "--without-pip",
                                dir.resolve("env").toString())
                        .run(Duration.ofSeconds(60))
                        .ok())
                .isTrue();
        Path packages;
        try (Stream<Path> all = Files.list(dir.resolve("env/lib"))) {
            packages = all.findFirst().orElseThrow().resolve("site-packages");
        }
        Files.createDirectory(packages.resolve("torch"));
        for (String file : List.of("torch/__init__.py", "torch/version.py")) {
            Files.copy(standIns.resolve(file), packages.resolve(file));
        }
        return new Evidence(
                Map.of("torch.found", Output.of("", 0, "torch|" + packages.resolve("torch") + "|2.6.0+cu124|12.4\n")));
    }

    private Evidence card(String card, Evidence seen, String... more) {
        return bench(List.of(BenchPart.GPU), card, seen, new ArrayList<>(), more);
    }

    private Evidence bench(List<BenchPart> parts, String card, Evidence seen, List<BenchPart> begun, String... more) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PATH", standIns + ":" + System.getenv("PATH"),
                "HOME", dir.toString(),
                "LD_LIBRARY_PATH", standIns.toString(),
                "CUDA_STANDIN", card,
                "CUDA_STANDIN_STATE", dir.resolve("state").toString()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        try (Box box = new LocalBox("local", Path.of("/bin/sh"), environment)) {
            return new Bench(box, new SecureRandom(), SHORT)
                    .run(parts, dir.resolve("flashvsr").toString(), seen, begun::add);
        }
    }

    private static Judgement judge(String requirement, Evidence evidence) {
        Evidence all = evidence.and(new Evidence(Map.of("gpu.core", A100)));
        return Rules.find(requirement.equals("gpu-full-speed") ? "gpu-speed" : requirement)
                .orElseThrow()
                .judge(Catalogue.load().byId().get(requirement), all);
    }
}
