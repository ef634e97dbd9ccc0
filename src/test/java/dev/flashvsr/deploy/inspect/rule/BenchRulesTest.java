package dev.flashvsr.deploy.inspect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measurements by their figures: none of them was taken on a card. */
class BenchRulesTest {
    private static final String CLOCK = "clock_max=1410\nsm_clock_min=1410\nsm_clock_median=1410\nsm_clock_max=1410\n";
    private static final String EVEN = "windows=250,251,252,251,250\n";

    @ParameterizedTest
    @CsvSource({"255, PASS", "220, PASS", "219, WARN", "170, WARN", "169, FAIL"})
    void anA100IsHeldAgainstWhatA100sReach(String tflops, Verdict verdict) {
        assertThat(speed("matmul_tflops=" + tflops + "\n" + EVEN + CLOCK).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"24, PASS", "12, WARN", "2, FAIL"})
    void aSlowWayToTheCardIsSaid(String rate, Verdict verdict) {
        Judgement judged = speed("matmul_tflops=250\nh2d_gbs=" + rate + "\npcie_gen=3\npcie_width=16\n" + EVEN + CLOCK);

        assertThat(judged.verdict()).isEqualTo(verdict);
        assertThat(judged.says().en()).contains("(PCIe 3 x16)");
    }

    @ParameterizedTest
    @CsvSource({"1600, PASS", "1300, WARN", "900, FAIL"})
    void slowMemoryIsSaid(String rate, Verdict verdict) {
        assertThat(speed("matmul_tflops=250\nd2d_gbs=" + rate + "\n" + EVEN + CLOCK)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void memoryThatIsRefusedFails() {
        assertThat(speed("matmul_tflops=250\nalloc=refused\n" + EVEN + CLOCK).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void theHalfOfACardAtItsFullClockIsANeighbours() {
        Judgement judged = speed("fma_tflops=6.1\n" + EVEN + CLOCK);

        assertThat(judged.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judged.says().en()).contains("Somebody else");
        assertThat(judged.says().ru()).contains("кто-то ещё");
    }

    @Test
    void heatIsNoNeighbour() {
        Judgement judged = steady("windows=250,240,220,200,190\nthrottle=0x40\ntemperature_begin=70\n"
                + "temperature_end=91\nclock_max=1410\nsm_clock_min=1005\nsm_clock_median=1100\nsm_clock_max=1410\n");

        assertThat(judged.verdict()).isEqualTo(Verdict.WARN);
        assertThat(judged.says().en()).contains("Heat (70 → 91 °C)");
    }

    @Test
    void heatIsSeenWithoutTheDriversBits() {
        assertThat(steady("windows=250,240,220,200,190\ntemperature_begin=70\ntemperature_end=80\n"
                                + "sm_clock_min=1005\nsm_clock_median=1100\nsm_clock_max=1410\n")
                        .says()
                        .en())
                .contains("Heat");
    }

    @Test
    void theUsualPowerCapOfACardIsNoNeighbour() {
        Judgement judged = steady("windows=250,240,245,250,238\nthrottle=0x4\npower_limit=400\nclock_max=1410\n"
                + "sm_clock_min=1290\nsm_clock_median=1350\nsm_clock_max=1410\n");

        assertThat(judged.verdict()).isEqualTo(Verdict.WARN);
        assertThat(judged.says().en()).contains("power limit of 400 W");
    }

    @Test
    void secondsThatDifferAtTheSameClockAreANeighbours() {
        Judgement judged = steady("windows=250,180,251,130,250\n" + CLOCK);

        assertThat(judged.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judged.says().en()).contains("its clock stayed");
    }

    @Test
    void aCardThatStallsForMomentsIsShared() {
        assertThat(steady(EVEN + CLOCK + "short_min=90\nshort_median=250\nshort_max=252\n")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatCantBeToldIsSaid() {
        assertThat(steady("windows=250,230,251,240,250\n").says().en()).contains("can't be told");
    }

    @Test
    void noMeasurementAndAFailedOneArePassedByNobody() {
        assertThat(judge("gpu-steady", Map.of()).verdict()).isEqualTo(Verdict.ASK);
        assertThat(steady("error=there is no python3 on this box\n").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(steady("").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(speed("windows=\nmatmul_tflops=\n").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aMeasuredDiskSettlesWhatAVirtualOneHides() {
        Judgement fast = judge("disk-kind", Map.of("bench.disk", "place=/w\nwrite_mb_s=850.5\nfiles_per_s=9000\n"));

        assertThat(fast.verdict()).isEqualTo(Verdict.PASS);
        assertThat(fast.says().en()).contains("written with", "9000 small files");
        assertThat(judge("disk-kind", Map.of("bench.disk", "write_mb_s=40\n")).verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(judge("disk-kind", Map.of("bench.disk", "refused=less than 4 GB are free in /w\n"))
                        .says()
                        .en())
                .contains("Not measured: less than 4 GB");
    }

    private static Judgement speed(String bench) {
        return judge("gpu-full-speed", Map.of("bench.gpu", bench));
    }

    private static Judgement steady(String bench) {
        return judge("gpu-steady", Map.of("bench.gpu", bench));
    }

    private static Judgement judge(String id, Map<String, String> texts) {
        Map<String, Output> outputs = new HashMap<>();
        texts.forEach((probe, text) -> outputs.put(probe, Output.of("", 0, text)));
        outputs.put(
                "gpu.core",
                Output.of(
                        "",
                        0,
                        "index, name, memory.total [MiB], compute_cap\n0, NVIDIA A100-SXM4-80GB, 81920 MiB, 8.0\n"));
        return Judged.by(id, new Evidence(outputs));
    }
}
