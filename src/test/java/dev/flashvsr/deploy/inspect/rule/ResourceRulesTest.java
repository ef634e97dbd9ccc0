package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judged.verdict;
import static dev.flashvsr.deploy.inspect.rule.Verdict.ASK;
import static dev.flashvsr.deploy.inspect.rule.Verdict.FAIL;
import static dev.flashvsr.deploy.inspect.rule.Verdict.PASS;
import static dev.flashvsr.deploy.inspect.rule.Verdict.UNKNOWN;
import static dev.flashvsr.deploy.inspect.rule.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of disks, limits and the line with the catalogue's own limits, at their edges. */
class ResourceRulesTest {
    @Test
    void roomIsCountedWhereTheDeployGoes() {
        assertThat(size(70_000_000_000L, "")).isEqualTo(PASS);
        assertThat(size(45_000_000_000L, "")).isEqualTo(WARN);
        assertThat(size(20_000_000_000L, "")).isEqualTo(FAIL);
        assertThat(size(20_000_000_000L, "done|weights\ndone|pytorch\n")).isEqualTo(PASS);
        assertThat(size(1_000_000_000L, "done|weights\ndone|pytorch\n")).isEqualTo(FAIL);
    }

    private static Verdict size(long free, String more) {
        return verdict("disk-size", "disk.df", more + root("rwx", free / 1024, "ext4", "/w", "rw"));
    }

    private static String root(String access, long freeKib, String type, String mount, String options) {
        return "root|/w/flashvsr|given\nroot|/w/flashvsr|" + access + "|999999999|" + freeKib + "|" + type
                + "|/dev/sdb|" + mount + "|" + options + "\n";
    }

    @Test
    void aRootThatCannotBeUsedFails() {
        assertThat(verdict("root-writable", "disk.df", root("rwx", 1, "ext4", "/w", "rw")))
                .isEqualTo(PASS);
        assertThat(verdict("root-writable", "disk.df", root("r-x", 1, "ext4", "/w", "rw")))
                .isEqualTo(FAIL);
        assertThat(verdict("root-writable", "disk.df", root("rwx", 1, "ext4", "/w", "rw,noexec")))
                .isEqualTo(FAIL);
        assertThat(verdict("root-writable", "disk.df", root("rwx", 1, "ext4", "/w", "ro")))
                .isEqualTo(FAIL);
    }

    @Test
    void whatAStopLeavesIsNeverPromised() {
        assertThat(verdict("data-kept", "disk.df", root("rwx", 1, "overlay", "/", "rw")))
                .isEqualTo(WARN);
        assertThat(verdict("data-kept", "disk.df", root("rwx", 1, "ext4", "/w", "rw")))
                .isEqualTo(ASK);
        assertThat(verdict("data-kept", "disk.df", root("rwx", 1, "nfs4", "/w", "rw")))
                .isEqualTo(ASK);
        assertThat(verdict("data-kept", "disk.df", root("rwx", 1, "tmpfs", "/w", "rw")))
                .isEqualTo(FAIL);
    }

    @Test
    void memoryErrorsOfTheCardsSmallMemoriesCountAsWell() {
        String log = "<nvidia_smi_log><gpu><product_name>NVIDIA A100-SXM4-80GB</product_name><ecc_errors><volatile>"
                + "<sram_uncorrectable_secded>%d</sram_uncorrectable_secded><dram_uncorrectable>0</dram_uncorrectable>"
                + "</volatile></ecc_errors></gpu></nvidia_smi_log>";

        assertThat(verdict("gpu-health", "gpu.xml", String.format(log, 0))).isEqualTo(PASS);
        assertThat(verdict("gpu-health", "gpu.xml", String.format(log, 3))).isEqualTo(FAIL);
    }

    @Test
    void filesAndTemporaryDirectoriesCount() {
        String df = root("rwx", 1, "ext4", "/w", "rw");
        assertThat(verdict("inodes", "disk.df", df, "disk.inodes", "inodes|/w/flashvsr|9000000|200000"))
                .isEqualTo(PASS);
        assertThat(verdict("inodes", "disk.df", df, "disk.inodes", "inodes|/w/flashvsr|9000000|150000"))
                .isEqualTo(WARN);
        assertThat(verdict("inodes", "disk.df", df, "disk.inodes", "inodes|/w/flashvsr|9000000|99999"))
                .isEqualTo(FAIL);
        assertThat(verdict("inodes", "disk.df", df, "disk.inodes", "inodes|/w/flashvsr|0|0"))
                .isEqualTo(PASS);
        assertThat(verdict("tmp-exec", "disk.df", df, "disk.tmp", "tmp|/tmp|rwx|1|1|tmpfs|tmpfs|/tmp|rw,noexec"))
                .isEqualTo(WARN);
        assertThat(verdict("tmp-exec", "disk.df", df, "disk.tmp", "tmp|/tmp|rwx|1|1|ext4|/dev/vda|/|rw"))
                .isEqualTo(PASS);
        assertThat(verdict("shared-memory", "disk.shm", "shm|/dev/shm|rwx|65536|65536|tmpfs|shm|/dev/shm|rw"))
                .isEqualTo(WARN);
    }

    @Test
    void memoryIsTheContainersAndNotTheHosts() {
        String host = "MemTotal: 2952790016 kB\nMemAvailable: 2900000000 kB\n";
        assertThat(verdict("memory", "mem.info", host)).isEqualTo(PASS);
        assertThat(verdict("memory", "mem.info", host, "mem.limits", "group|/x|memory.max=17179869184"))
                .isEqualTo(WARN);
        assertThat(verdict("memory", "mem.info", host, "mem.limits", "group|/x|memory.max=8589934592"))
                .isEqualTo(FAIL);
        assertThat(verdict("memory", "mem.info", "[N/A]")).isEqualTo(UNKNOWN);
    }

    @Test
    void aLimitThatWasNotReadIsNotNone() {
        String memory = "MemTotal: 131941796 kB\nMemAvailable: 129941796 kB\n";
        String pids = "ulimit|u=unlimited|n=1|v=1";
        for (String unread : List.of("cpu.max=", "cpu.max=?", "cpu.cfs_quota_us=|cpu.cfs_period_us=100000")) {
            assertThat(buildLimits(memory, pids, "group|/x|" + unread)).isEqualTo(UNKNOWN);
        }
        for (String read :
                List.of("cpu.max=max 100000", "cpu.max=800000 100000", "cpu.cfs_quota_us=-1", "memory.max=")) {
            assertThat(buildLimits(memory, pids, "group|/x|" + read)).isEqualTo(PASS);
        }
    }

    private static Verdict buildLimits(String memory, String pids, String groups) {
        return verdict(
                "build-limits", "cpu.count", "nproc=8", "mem.info", memory, "pids.limits", pids, "cpu.limits", groups);
    }

    @Test
    void memoryOfWhichNothingIsSaidToBeFreeIsNotCalledFree() {
        Judgement judgement = Judged.by("build-memory", Printed.by("mem.info", "MemTotal: 131941796 kB\n"));

        assertThat(judgement.says().en()).contains("how much is free is not shown");
        assertThat(judgement.says().ru()).contains("не показано");
    }

    @Test
    void nothingIsSaidOfKeysWhereNoSettingOfTheServerWasRead() {
        String home = "writable=authorized_keys\n";
        assertThat(verdict("ssh-keys", "ssh.server", "source=files\nparent=sshd", "user.home", home))
                .isEqualTo(UNKNOWN);
        assertThat(verdict("ssh-keys", "ssh.server", "source=files\nSubsystem sftp x", "user.home", home))
                .isEqualTo(PASS);
        assertThat(verdict("ssh-keys", "ssh.server", "source=sshd\npubkeyauthentication no", "user.home", home))
                .isEqualTo(FAIL);
    }

    @Test
    void fewProcessesForManyProcessorsAreAWarning() {
        String limit = "group|/x|pids.max=1024\nulimit|u=unlimited|n=1|v=1";
        assertThat(verdict("pids-limit", "cpu.count", "nproc=384", "pids.limits", limit))
                .isEqualTo(WARN);
        assertThat(verdict("pids-limit", "cpu.count", "nproc=64", "pids.limits", limit))
                .isEqualTo(PASS);
        assertThat(verdict("pids-limit", "cpu.count", "nproc=64")).isEqualTo(UNKNOWN);
    }

    @Test
    void theBuildTakesWhatProcessorsAndMemoryAllow() {
        assertThat(build("nproc=32", 256).jobs()).isEqualTo(32);
        assertThat(build("nproc=32", 64).jobs()).isEqualTo(12);
        assertThat(build("nproc=2", 256).jobs()).isEqualTo(2);
        assertThat(build("nproc=2", 4).jobs()).isEqualTo(1);
        assertThat(build("nproc=4", 64).least()).isEqualTo(6 * 250.0);
    }

    private static Build build(String cpus, long gib) {
        return Build.of(Printed.by("cpu.count", cpus, "mem.info", "MemTotal: " + gib * 1048576 + " kB"), 5)
                .orElseThrow();
    }

    @Test
    void aHubThatOnlyAnswersIsNotReached() {
        assertThat(verdict("hugging-face", "net.hub", "hub 206 67108864 1.0 67108864 cdn.example ok"))
                .isEqualTo(PASS);
        assertThat(verdict("hugging-face", "net.hub", "hub 206 9000000 28.0 321428 cdn.example timeout"))
                .isEqualTo(WARN);
        assertThat(verdict("hugging-face", "net.hub", "hub - 0 8.0 0 hub.example timeout"))
                .isEqualTo(FAIL);
        assertThat(verdict("hugging-face", "net.hub", "hub 403 90 0.2 450 hub.example ok"))
                .isEqualTo(FAIL);
        assertThat(verdict("hugging-face", "net.hub", "hub - 0 0 0 - no-address"))
                .isEqualTo(UNKNOWN);
        assertThat(verdict("hub-reachable", "net.hub.quick", "hub 206 4194304 0.4 10485760 cdn.example ok"))
                .isEqualTo(PASS);
    }

    @Test
    void aMirrorOfGitWithoutArchivesIsReached() {
        assertThat(verdict(
                        "github",
                        "net.github",
                        "github-refs 200 9000 0.2 45000 g.example ok\ngithub-archive 404 9 0.1 90 g.example ok"))
                .isEqualTo(PASS);
    }

    @Test
    void theOutlookNamesVolumesTimesAndWhatIsNotMeasured() {
        Evidence evidence = Printed.by(
                "net.hub", "hub 206 67108864 1.0 50000000 cdn.example ok",
                "cpu.count", "nproc=16",
                "mem.info", "MemTotal: 134217728 kB");

        String says = Outlook.of(
                        evidence, Map.of(Outlook.Source.HUB, 6_949_000_000L, Outlook.Source.WHEELS, 800_000_000L), 5)
                .orElseThrow()
                .en();

        assertThat(says).contains("6.9 GB in 2–3 min", "cdn.example (50 MB/s)", "800 MB more", "16 compilers at once");
        assertThat(Outlook.of(Evidence.NONE, Map.of(), 5)).isEmpty();
    }

    @Test
    void whatWasNotReadIsNeitherNoLimitNorEnough() {
        assertThat(verdict(
                        "inodes",
                        "disk.df",
                        root("rwx", 400L << 20, "ext4", "/w", "rw"),
                        "disk.inodes",
                        "inodes|/w|1000000|\n"))
                .isEqualTo(UNKNOWN);
        assertThat(verdict("pids-limit", "pids.limits", "ulimit|u=|n=|v=\n", "cpu.count", "nproc=8\n"))
                .isEqualTo(UNKNOWN);
        assertThat(verdict("pids-limit", "pids.limits", "ulimit|u=unlimited|n=1024|v=\n", "cpu.count", "nproc=8\n"))
                .isEqualTo(PASS);
        assertThat(verdict("settings-in-image", "user.id", "uid=0(root) gid=0(root)\n", "user.sudo", "sudo=root\n"))
                .isEqualTo(UNKNOWN);
    }
}
