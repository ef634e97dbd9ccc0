package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import org.junit.jupiter.api.Test;

class LimitFactsTest {
    private static final String INFO =
            "MemTotal:       2952790016 kB\nMemAvailable:   2900000000 kB\nSwapTotal:             0 kB\n";
    private static final long GIB = 1L << 30;

    @Test
    void theLeastOfNestedGroupsCounts() {
        MemoryLimits memory =
                MemoryLimits.of(Printed.by("mem.info", INFO, "mem.limits", """
                                group|/sys/fs/cgroup/a/b|memory.max=max|memory.current=1000
                                group|/sys/fs/cgroup/a|memory.max=137438953472|memory.current=1000
                                group|/sys/fs/cgroup
                                """)).orElseThrow();

        assertThat(memory.effective()).isEqualTo(128 * GIB);
        assertThat(memory.usable()).isEqualTo(128 * GIB);
    }

    @Test
    void versionOnesLargestNumberIsNoLimit() {
        MemoryLimits free = MemoryLimits.of(Printed.by(
                        "mem.info",
                        INFO,
                        "mem.limits",
                        "group|/sys/fs/cgroup/memory|memory.limit_in_bytes=9223372036854771712"))
                .orElseThrow();
        MemoryLimits bound = MemoryLimits.of(Printed.by(
                        "mem.info",
                        INFO,
                        "mem.limits",
                        "group|/sys/fs/cgroup/memory|memory.limit_in_bytes=17179869184"))
                .orElseThrow();

        assertThat(free.effective()).isEqualTo(2952790016L * 1024);
        assertThat(bound.effective()).isEqualTo(16 * GIB);
    }

    @Test
    void withoutMeminfoNothingIsKnown() {
        assertThat(MemoryLimits.of(Printed.by("mem.limits", "group|/sys/fs/cgroup|memory.max=1000")))
                .isEmpty();
        assertThat(MemoryLimits.of(Printed.by("mem.info", "MemTotal: lots kB"))).isEmpty();
    }

    @Test
    void quotasOfBothVersionsLimitProcessors() {
        assertThat(cpus("group|/x|cpu.max=4600000 100000")).isEqualTo(46);
        assertThat(cpus("group|/x|cpu.max=max 100000")).isEqualTo(384);
        assertThat(cpus("group|/x|cpu.cfs_quota_us=-1|cpu.cfs_period_us=100000"))
                .isEqualTo(384);
        assertThat(cpus("group|/x|cpu.cfs_quota_us=250000|cpu.cfs_period_us=100000"))
                .isEqualTo(3);
        assertThat(cpus("group|/a/b|cpu.max=max 100000\ngroup|/a|cpu.max=50000 100000"))
                .isEqualTo(1);
        assertThat(cpus("rubbish")).isEqualTo(384);
        assertThat(CpuLimits.of(Evidence.NONE)).isEmpty();
    }

    private static int cpus(String limits) {
        return CpuLimits.of(Printed.by("cpu.count", "nproc=384\nall=384\n", "cpu.limits", limits))
                .orElseThrow()
                .effective();
    }

    @Test
    void processesAreLimitedByGroupAndUser() {
        PidsLimits limits = PidsLimits.of(
                        Printed.by(
                                "pids.limits",
                                "group|/sys/fs/cgroup|pids.max=1024|pids.current=7\nulimit|u=unlimited|n=1048576|v=unlimited\n"))
                .orElseThrow();

        assertThat(limits.effective()).hasValue(1024);
        assertThat(limits.files()).hasValue(1048576);
        assertThat(PidsLimits.of(Printed.by("pids.limits", "ulimit|u=500|n=1|v=1"))
                        .orElseThrow()
                        .effective())
                .hasValue(500);
        assertThat(PidsLimits.of(Printed.by("pids.limits", "bash: ulimit: error")))
                .isEmpty();
    }
}
