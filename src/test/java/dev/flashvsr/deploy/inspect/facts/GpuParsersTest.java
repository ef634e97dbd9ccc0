package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.BoxFixture;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GpuParsersTest {
    @Test
    void missingValuesAreNoValues() {
        SmiCsv csv = SmiCsv.of("index, utilization.gpu [%], power.draw [W]\n0, [N/A], [Not Supported]\n1, 7, 61.20\n")
                .orElseThrow();

        assertThat(csv.rows().get(0)).containsOnlyKeys("index");
        assertThat(csv.rows().get(1)).containsEntry("power.draw", "61.20");
        assertThat(SmiCsv.of("index, pstate\n0, [Unknown Error]\n")
                        .orElseThrow()
                        .rows()
                        .get(0))
                .containsEntry("fault.pstate", "Unknown Error")
                .doesNotContainKey("pstate");
    }

    @Test
    void fieldsThatWereAskedAloneAreOneRow() {
        SmiCsv csv = SmiCsv.of("Field \"compute_cap\" is not a valid field to query.\n\nindex\n0\n1\n"
                        + "Field \"compute_cap\" is not a valid field to query.\n\ncompute_mode\nDefault\nProhibited\n")
                .orElseThrow();

        assertThat(csv.rows()).hasSize(2);
        assertThat(csv.rows().get(1)).containsEntry("index", "1").containsEntry("compute_mode", "Prohibited");
    }

    @Test
    void slicesBelongToTheCardAboveThem() {
        SmiList list = SmiList.of("GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)\n"
                        + "  MIG 1g.10gb     Device  0: (UUID: MIG-2)\n  MIG 1g.10gb+me  Device  1: (UUID: MIG-3)\n")
                .orElseThrow();

        assertThat(list.cards()).hasSize(1);
        assertThat(list.cards().get(0).slices()).containsExactly("1g.10gb", "1g.10gb+me");
    }

    @Test
    void bothBannersOfTheTableAreRead() {
        assertThat(SmiTable.of(
                                "| NVIDIA-SMI 610.57.04              KMD Version: 610.57.04     CUDA UMD Version: 13.3     |")
                        .flatMap(SmiTable::driver))
                .contains("610.57.04");
        assertThat(SmiTable.of("| NVIDIA-SMI 470.182.03   Driver Version: 470.182.03   CUDA Version: 11.4     |")
                        .flatMap(SmiTable::driver))
                .contains("470.182.03");
    }

    @Test
    void anEmptyTableOfProcessesIsTwoThings() {
        assertThat(table("a100-sxm-80-vm").processes()).isEqualTo(SmiTable.Processes.NONE);
        assertThat(table("hidden-processes").processes()).isEqualTo(SmiTable.Processes.HIDDEN);
        assertThat(table("own-process").processes()).isEqualTo(SmiTable.Processes.SOME);
        assertThat(table("v100-470").cards().get(0)).containsEntry("memory.total", "32510");
    }

    @Test
    void errorsOfMemoryAreReadFromTheTableToo() {
        String text =
                BoxFixture.of("a100-sxm-80-vm").evidence().text("gpu.table").orElseThrow();
        String zero = "Off |                    0 |";
        String broken = text.replace(zero, "Off |                   17 |");

        assertThat(broken).isNotEqualTo(text);
        assertThat(SmiTable.of(broken).orElseThrow().cards().get(0))
                .containsEntry("ecc.errors.uncorrected.volatile.total", "17");
        assertThat(SmiTable.of(text.replace(zero, "Off |                  N/A |"))
                        .orElseThrow()
                        .cards()
                        .get(0))
                .doesNotContainKey("ecc.errors.uncorrected.volatile.total");
    }

    @Test
    void namesOfSharesAreToldFromNamesOfCards() {
        for (String share :
                List.of("GRID A100-40C", "NVIDIA A100-10C", "A100-4-20C", "GRID T4-1B", "NVIDIA A100-1-5CME")) {
            assertThat(named(share).isProfile()).as(share).isTrue();
        }
        for (KnownCard card : KnownCards.all()) {
            assertThat(named(card.name()).isProfile()).as(card.name()).isFalse();
        }
        assertThat(named("NVIDIA A100-SXM4-40GB").isProfile()).isFalse();
    }

    @Test
    void ofOneNameWithSeveralSizesTheMemoryDecides() {
        assertThat(KnownCards.find("Tesla V100-SXM2-32GB", OptionalDouble.of(32510))
                        .orElseThrow()
                        .name())
                .isEqualTo("V100 32 GB");
        assertThat(KnownCards.find("NVIDIA H100 80GB HBM3", OptionalDouble.empty())
                        .orElseThrow()
                        .sms())
                .isEqualTo(132);
        assertThat(KnownCards.find("NVIDIA A800 80GB PCIe", OptionalDouble.empty())
                        .orElseThrow()
                        .name())
                .isEqualTo("A800 PCIe 80 GB");
        assertThat(KnownCards.find("AMD Instinct", OptionalDouble.empty())).isEmpty();
    }

    @Test
    void driversAreComparedNumberByNumber() {
        assertThat(Drivers.isAtLeast("550.54.14", "550.54.14")).isTrue();
        assertThat(Drivers.isAtLeast("550.120", "550.54.14")).isTrue();
        assertThat(Drivers.newestOf("535.161.08")).contains("12.2");
        assertThat(Drivers.newestOf("610.57.04")).contains("13.0");
        assertThat(Drivers.newestOf("470.182.03")).isEmpty();
    }

    @Test
    void faultsOfProgramsAreNotFaultsOfTheCard() {
        assertThat(Xids.of(BoxFixture.evidence("=== gpu.xid exit=0\nlines=9\n"
                                + "[1.0] NVRM: Xid (PCI:0000:07:00): 31, pid=1, MMU Fault\n"
                                + "[2.0] NVRM: Xid (PCI:0000:07:00): 48, pid=2, DBE\n"
                                + "               NVRM: fallen off the bus and is not responding to commands.\n"))
                        .orElseThrow()
                        .grave())
                .containsExactly(48, 79);
    }

    private static SmiTable table(String box) {
        return SmiTable.of(BoxFixture.of(box).evidence().text("gpu.table").orElseThrow())
                .orElseThrow();
    }

    private static Gpu named(String name) {
        return new Gpu(Map.of("name", name));
    }
}
