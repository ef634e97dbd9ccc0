package dev.flashvsr.deploy.inspect.pasted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.BoxFixture;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PastedTextTest {
    private static final BoxFixture BOX = BoxFixture.of("a100-sxm-80-bare");
    private static final String XML = said("gpu.xml");
    private static final String TABLE = said("gpu.table");

    private static String said(String probe) {
        return BOX.evidence().of(probe).orElseThrow().text();
    }

    private static Gpus gpus(String pasted) {
        return Gpus.of(PastedText.of(pasted).evidence()).orElseThrow();
    }

    @Test
    void theLongListingIsReadWithAllItsCards() {
        Gpus gpus = gpus(XML);

        assertThat(gpus.cards()).hasSize(8);
        assertThat(gpus.driver()).contains("550.54.15");
        assertThat(gpus.first().memoryMib()).hasValue(81920);
        assertThat(gpus.first().number("power.default_limit")).hasValue(400);
    }

    @Test
    void whatAMailProgramDoesToItDoesNotMatter() {
        String escaped = XML.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "\r\n");

        assertThat(gpus("\uFEFFHello,\r\n\r\n" + escaped).cards()).hasSize(8);
    }

    @Test
    void oneThatWasCutIsReadAsFarAsItGoes() {
        int card = XML.indexOf("<product_name>", XML.indexOf("<product_name>") + 1);

        assertThat(gpus(XML.substring(0, card + 400)).cards()).hasSizeBetween(1, 2);
        assertThat(gpus(XML.substring(XML.indexOf("<product_name>"))).first().name())
                .contains("A100-SXM4-80GB");
    }

    @Test
    void aTerminalSessionIsCutAtItsPrompts() {
        String session = "Last login: Mon\n"
                + "root@gpu-7:~# nvidia-smi\n" + TABLE
                + "root@gpu-7:~# nvidia-smi -L\n" + said("gpu.list")
                + "root@gpu-7:~# uname -a\n"
                + "Linux gpu-7 5.15.0-113-generic #123-Ubuntu SMP Mon Jun 10 x86_64 x86_64 x86_64 GNU/Linux\n"
                + "root@gpu-7:~# cat /etc/os-release\n" + said("os.release")
                + "root@gpu-7:~# free -g\n"
                + "               total        used        free      shared  buff/cache   available\n"
                + "Mem:             503          12         480           0          10         487\n"
                + "Swap:              0           0           0\n"
                + "root@gpu-7:~# df -h\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/vda1       485G   20G  465G   5% /\n"
                + "root@gpu-7:~# frobnicate\nbash: frobnicate: command not found\n";
        PastedText pasted = PastedText.of(session);

        assertThat(pasted.evidence().outputs())
                .containsKeys("gpu.table", "gpu.list", "os.uname", "os.release", "mem.free", "mem.info", "disk.free");
        assertThat(pasted.evidence().text("os.uname").orElseThrow()).isEqualTo("Linux 5.15.0-113-generic x86_64");
        assertThat(pasted.evidence().text("mem.info").orElseThrow()).contains("MemTotal: 527433728 kB");
        assertThat(pasted.unknown()).containsExactly("Last login: Mon", "bash: frobnicate: command not found");
    }

    @Test
    void memoryWithoutItsCommandHasTheUnitThatMakesAMachine() {
        String header = "               total        used        free      shared  buff/cache   available\n";

        assertThat(memory(
                        header + "Mem:           64318         512        6000           1        1400       60000\n"))
                .contains("MemTotal: 65861632 kB");
        assertThat(memory(
                        header + "Mem:             216           3         200           0          12         211\n"))
                .contains("MemTotal: 226492416 kB");
        assertThat(memory(
                        header + "Mem:        65861632      524288     6144000        1024     1433600    61440000\n"))
                .contains("MemTotal: 65861632 kB");
    }

    private static String memory(String text) {
        return PastedText.of(text).evidence().text("mem.info").orElseThrow();
    }

    @Test
    void aFileOfPowerShellIsRead() {
        assertThat(PastedText.decoded(("\uFEFF" + TABLE).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(TABLE);
        assertThat(PastedText.decoded("é".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
        assertThat(PastedText.decoded(new byte[] {(byte) 0xFF})).hasSize(1);
    }

    @Test
    void outputsOneAfterAnotherNeedNoPrompts() {
        PastedText pasted = PastedText.of(TABLE + "\n" + said("os.release") + "\n" + said("gpu.list"));

        assertThat(pasted.evidence().outputs()).containsKeys("gpu.table", "os.release", "gpu.list");
    }

    @Test
    void aQueryWithoutHeaderIsReadByItsCommand() {
        Gpus gpus = gpus("$ nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader\n"
                + "NVIDIA A100 80GB PCIe, 81920 MiB, 535.161.08\n");

        assertThat(gpus.first().memoryMib()).hasValue(81920);
        assertThat(gpus.driver()).contains("535.161.08");
    }

    @Test
    void aTextListingIsReadToo() {
        Gpus gpus =
                gpus("==============NVSMI LOG==============\n\nDriver Version                            : 535.54.03\n"
                        + "CUDA Version                              : 12.2\n\nAttached GPUs                             : 1\n"
                        + "GPU 00000000:01:00.0\n    Product Name                          : NVIDIA A100-SXM4-80GB\n"
                        + "    MIG Mode\n        Current                           : Enabled\n        Pending     : Enabled\n"
                        + "    GPU Virtualization Mode\n        Virtualization Mode               : Pass-Through\n"
                        + "    FB Memory Usage\n        Total                             : 81920 MiB\n"
                        + "        Used                              : 50 MiB\n");

        assertThat(gpus.first().memoryMib()).hasValue(81920);
        assertThat(gpus.first().isMig()).isTrue();
        assertThat(gpus.first().text("virtualization")).contains("Pass-Through");
    }

    @Test
    @Timeout(30)
    void hostileTextEndsInTime() {
        assertThat(PastedText.of("").evidence().outputs()).isEmpty();
        assertThat(PastedText.of("(".repeat(2_000_000)).unknown()).hasSize(1);
        assertThat(PastedText.of(("a@" + "b".repeat(300) + "\n").repeat(20_000))
                        .evidence()
                        .outputs())
                .isEmpty();
        assertThat(PastedText.of("<nvidia_smi_log>" + "<a>".repeat(100_000)).evidence())
                .isNotNull();
    }
}
