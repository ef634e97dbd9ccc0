package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judged.verdict;
import static dev.flashvsr.deploy.inspect.rule.Verdict.ASK;
import static dev.flashvsr.deploy.inspect.rule.Verdict.FAIL;
import static dev.flashvsr.deploy.inspect.rule.Verdict.PASS;
import static dev.flashvsr.deploy.inspect.rule.Verdict.UNKNOWN;
import static dev.flashvsr.deploy.inspect.rule.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the system with the catalogue's own limits, at their edges. */
class SystemRulesTest {
    private static final Set<String> OTHERS = Set.of("gpu", "attention", "driver", "high", "expected");
    private static final String ROOT = "uid=0(root) gid=0(root)";
    private static final String USER = "uid=1000(user) gid=1000(user)";
    private static final String ALL_TOOLS = "gcc|/usr/bin/gcc|11.4.0\ng++|/usr/bin/g++|11.4.0\nmake|/m|GNU Make 4.3\n"
            + "cmake|/c|cmake version 3.22.1\nninja|/n|1.10.1\ngit|/g|git version 2.34.1\ngit-lfs|/l|git-lfs/3.0.2\ncurl|/u|curl 7.81.0\n";

    @Test
    void nothingSeenIsNeverPassed() {
        for (Requirement requirement : Catalogue.load().requirements()) {
            boolean others = OTHERS.stream()
                    .anyMatch(word -> requirement.rule().orElse("").startsWith(word));
            if (requirement.rule().isPresent() && !others) {
                assertThat(Judged.by(requirement, Evidence.NONE).verdict())
                        .as(requirement.id())
                        .isIn(UNKNOWN, ASK);
            }
        }
    }

    @Test
    void ubuntuIsAskedForAndDebianWillDo() {
        assertThat(verdict("linux-distribution", "os.release", "ID=ubuntu\nVERSION_ID=22.04\n"))
                .isEqualTo(PASS);
        assertThat(verdict("linux-distribution", "os.release", "ID=debian\nVERSION_ID=\"12\"\n"))
                .isEqualTo(WARN);
        assertThat(verdict("linux-distribution", "os.release", "ID=debian\nVERSION_ID=\"10\"\n"))
                .isEqualTo(FAIL);
        assertThat(verdict(
                        "linux-distribution",
                        "os.release",
                        "ID=\"rocky\"\nVERSION_ID=\"9.4\"\nID_LIKE=\"rhel centos fedora\"\n"))
                .isEqualTo(FAIL);
        assertThat(verdict("ubuntu-version", "os.release", "ID=ubuntu\nVERSION_ID=\"18.04\"\n"))
                .isEqualTo(FAIL);
        assertThat(verdict("ubuntu-version", "os.release", "ID=ubuntu\nVERSION_ID=\"20.04\"\n"))
                .isEqualTo(WARN);
        assertThat(verdict("ubuntu-version", "os.release", "ID=ubuntu\nVERSION_ID=\"24.04\"\n"))
                .isEqualTo(PASS);
    }

    @Test
    void muslAndOtherProcessorsFail() {
        assertThat(verdict("glibc", "os.libc", "glibc 2.35")).isEqualTo(PASS);
        assertThat(verdict("glibc", "os.libc", "glibc 2.12")).isEqualTo(FAIL);
        assertThat(verdict("glibc", "os.libc", "musl libc (x86_64)\nVersion 1.2.4"))
                .isEqualTo(FAIL);
        assertThat(verdict("architecture", "os.uname", "Linux 6.1.0 x86_64")).isEqualTo(PASS);
        assertThat(verdict("architecture", "os.uname", "Linux 6.5.0-1014-nvidia-64k aarch64"))
                .isEqualTo(FAIL);
    }

    @Test
    void aMinuteOfTheClockIsForgiven() {
        assertThat(verdict("clock", "os.clock", "server=1000|h\nbox=1060")).isEqualTo(PASS);
        assertThat(verdict("clock", "os.clock", "server=1000|h\nbox=1061")).isEqualTo(FAIL);
        assertThat(verdict("clock", "os.clock", "server=1061|h\nbox=1000")).isEqualTo(FAIL);
        assertThat(verdict("clock", "os.clock", "box=1000")).isEqualTo(UNKNOWN);
    }

    @Test
    void bareMetalIsNotSaidWithoutASign() {
        assertThat(verdict("server-kind", "os.virt", "container=none\nvm=none\nhypervisor=no"))
                .isEqualTo(ASK);
        assertThat(verdict("server-kind", "os.virt", "container=none\nvm=kvm\nhypervisor=yes"))
                .isEqualTo(PASS);
        assertThat(verdict(
                        "server-kind",
                        "os.virt",
                        "container=none\nvm=kvm\n",
                        "gpu.xml",
                        "<virtualization_mode>VGPU</virtualization_mode>"))
                .isEqualTo(WARN);
    }

    @Test
    void withoutRootAllCommandsMustBeThere() {
        assertThat(verdict("root-or-sudo", "user.id", ROOT)).isEqualTo(PASS);
        assertThat(verdict("root-or-sudo", "user.id", USER, "user.sudo", "sudo=yes"))
                .isEqualTo(PASS);
        assertThat(verdict("root-or-sudo", "user.id", USER, "user.sudo", "sudo=missing", "tools.versions", ALL_TOOLS))
                .isEqualTo(WARN);
        assertThat(verdict(
                        "root-or-sudo",
                        "user.id",
                        USER,
                        "user.sudo",
                        "sudo=missing",
                        "tools.versions",
                        "git|/g|git version 2.34.1"))
                .isEqualTo(FAIL);
        assertThat(verdict("root-or-sudo", "user.id", USER)).isEqualTo(UNKNOWN);
    }

    @Test
    void aptWithoutListsIsNotKnown() {
        assertThat(apt("manager=apt-get\nlists=40\nhalf-done=0", "rc=0")).isEqualTo(PASS);
        assertThat(apt("manager=apt-get\nlists=0\nhalf-done=0", "rc=100\nE: Unable to locate package x"))
                .isEqualTo(UNKNOWN);
        assertThat(apt("manager=apt-get\nlists=40\nlock=/var/lib/dpkg/lock|9|apt-get", "rc=0"))
                .isEqualTo(WARN);
        assertThat(apt("manager=dnf\nlists=0", "rc=none")).isEqualTo(WARN);
        assertThat(apt("lists=0", "rc=none")).isEqualTo(FAIL);
    }

    private static Verdict apt(String state, String plan) {
        return verdict("apt", "user.id", ROOT, "user.sudo", "sudo=root", "apt.state", state, "apt.plan", plan);
    }

    @Test
    void toolsAreThereOrNotAndNewEnough() {
        assertThat(verdict("cmake", "tools.versions", ALL_TOOLS)).isEqualTo(PASS);
        assertThat(verdict("cmake", "tools.versions", "cmake|/c|cmake version 3.10.2"))
                .isEqualTo(FAIL);
        assertThat(verdict("ninja", "tools.versions", "ninja||")).isEqualTo(FAIL);
        assertThat(verdict("git", "tools.versions", "git|/g|git version 2.9.5")).isEqualTo(FAIL);
        assertThat(verdict("build-tools-in-image", "tools.versions", ALL_TOOLS)).isEqualTo(PASS);
        assertThat(verdict("compilers", "tools.versions", "gcc|/g|11.4.0\ng++||"))
                .isEqualTo(FAIL);
    }

    @Test
    void theHostCompilerMustNotBeNewerThanTheToolkitTakes() {
        String fourteen = "gcc|/g|14.2.0\ng++|/g|14.2.0\n";
        assertThat(verdict("host-compiler", "tools.versions", "gcc|/g|13.3.0\ng++|/g|13.3.0", "nvcc.found", ""))
                .isEqualTo(PASS);
        assertThat(verdict("host-compiler", "tools.versions", fourteen, "nvcc.found", ""))
                .isEqualTo(FAIL);
        assertThat(verdict("host-compiler", "tools.versions", fourteen, "nvcc.found", "nvcc|/n|12.8.93|headers"))
                .isEqualTo(PASS);
        assertThat(verdict(
                        "host-compiler",
                        "tools.versions",
                        fourteen + "gcc-12|/g|12.3.0\ng++-12|/g|12.3.0",
                        "nvcc.found",
                        ""))
                .isEqualTo(PASS);
        assertThat(verdict("host-compiler", "tools.versions", "gcc||\ng++||", "nvcc.found", ""))
                .isEqualTo(FAIL);
    }

    @Test
    void aToolkitNeedsHeadersAndAVersionThatBuilds() {
        assertThat(verdict("cuda-toolkit", "nvcc.found", "nvcc|/n|12.4.131|headers,cublas"))
                .isEqualTo(PASS);
        assertThat(verdict("cuda-toolkit", "nvcc.found", "nvcc|/n|12.4.131|")).isEqualTo(WARN);
        assertThat(verdict("cuda-toolkit", "nvcc.found", "nvcc|/n|12.1.105|headers"))
                .isEqualTo(WARN);
        assertThat(verdict("cuda-toolkit", "nvcc.found", "nvcc|/n|11.8.89|headers"))
                .isEqualTo(FAIL);
        assertThat(verdict("cuda-toolkit", "nvcc.found", "nvcc|/n|13.0.48|headers"))
                .isEqualTo(FAIL);
        assertThat(verdict("cuda-toolkit", "nvcc.found", "")).isEqualTo(FAIL);
    }

    @Test
    void pythonsAndTheirPackagesAreComparedExactly() {
        assertThat(verdict("python-in-image", "python.found", "python|/p|3.11.13|pip"))
                .isEqualTo(PASS);
        assertThat(verdict("python-in-image", "python.found", "python|/p|3.11.2|pip"))
                .isEqualTo(WARN);
        assertThat(verdict("python-in-image", "python.found", "python|/p|3.12.3|pip"))
                .isEqualTo(FAIL);
        assertThat(verdict("pytorch-in-image", "torch.found", "torch|/t|2.5.1+cu121|12.1"))
                .isEqualTo(PASS);
        assertThat(verdict("pytorch-in-image", "torch.found", "torch|/t|2.5.1+cpu|"))
                .isEqualTo(FAIL);
        assertThat(verdict("pip", "python.found", "python|/usr/bin/python3|3.12.3|managed,pip"))
                .isEqualTo(WARN);
        assertThat(verdict("conda", "conda.found", "")).isEqualTo(FAIL);
    }
}
