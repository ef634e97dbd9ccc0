package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemFactsTest {
    private static final String UBUNTU = """
            PRETTY_NAME="Ubuntu 22.04.4 LTS"
            NAME="Ubuntu"
            VERSION_ID="22.04"
            ID=ubuntu
            ID_LIKE=debian
            """;

    @ParameterizedTest
    @CsvSource({
        "2.34.1, 2.34.1",
        "12.4, 12.4",
        "2.5.1+cu121, 2.5.1",
        "13, 13.0",
        "550.54.14, 550.54.14",
        "11.4.0-1ubuntu1~22.04, 11.4"
    })
    void aVersionIsItsFirstThreeNumbers(String text, String shown) {
        assertThat(Version.of(text)).map(Version::toString).hasValue(shown);
    }

    @Test
    void versionsCompareAsNumbersAndNotAsText() {
        assertThat(Version.of("2.9").orElseThrow().atLeast(Version.of("2.17").orElseThrow()))
                .isFalse();
        assertThat(Version.of("3.30").orElseThrow().atLeast(Version.of("3.18").orElseThrow()))
                .isTrue();
        assertThat(Version.ofLimit(550054014)).isEqualTo(new Version(550, 54, 14));
        assertThat(Version.of("none")).isEmpty();
        assertThat(Version.of("99999999999999999999")).isEmpty();
        assertThat(Version.in("bzip2, a block-sorting file compressor.  Version 1.0.8, 13-Jul-2019."))
                .hasValue(new Version(1, 0, 8));
    }

    @Test
    void distributionsAreReadByIdAndVersion() {
        OperatingSystem ubuntu =
                OperatingSystem.of(Printed.by("os.release", UBUNTU)).orElseThrow();
        assertThat(ubuntu.id()).isEqualTo("ubuntu");
        assertThat(ubuntu.version()).hasValue(new Version(22, 4, 0));
        assertThat(ubuntu.isDebianLike()).isTrue();
        OperatingSystem arch = OperatingSystem.of(Printed.by("os.release", "NAME='Arch Linux'\nID=arch\n"))
                .orElseThrow();
        assertThat(arch.version()).isEmpty();
        assertThat(arch.isDebianLike()).isFalse();
        assertThat(arch.name()).isEqualTo("Arch Linux");
        assertThat(OperatingSystem.of(Printed.by("os.release", "no os-release on this box")))
                .isEmpty();
    }

    @Test
    void theCLibraryIsNamedByGetconfOrByLdd() {
        assertThat(Libc.of(Printed.by("os.libc", "glibc 2.35\n"))).hasValue(new Libc(true, new Version(2, 35, 0)));
        assertThat(Libc.of(Printed.by("os.libc", "ldd (Ubuntu GLIBC 2.27-3ubuntu1) 2.27\nCopyright\n")))
                .hasValue(new Libc(true, new Version(2, 27, 0)));
        assertThat(Libc.of(Printed.by("os.libc", "musl libc (x86_64)\nVersion 1.2.4\n")))
                .hasValue(new Libc(false, new Version(1, 2, 4)));
        assertThat(Libc.of(Printed.by("os.libc", "ldd: not found"))).isEmpty();
    }

    @Test
    void aContainerInAVirtualMachineIsBoth() {
        Virtualization host = Virtualization.of(Printed.by(
                        "os.virt", "container=docker\nvm=kvm\nhypervisor=yes\n",
                        "os.container", "marker=/.dockerenv\npid1=bash\nsystemd=no\nrootfs=overlay\n"))
                .orElseThrow();

        assertThat(host.container()).hasValue("docker");
        assertThat(host.vm()).hasValue("kvm");
        assertThat(host.systemd()).isFalse();
    }

    @Test
    void nothingSeenIsNeitherVirtualNorAContainer() {
        Virtualization host = Virtualization.of(Printed.by(
                        "os.virt",
                        "container=none\nvm=none\nhypervisor=no\n",
                        "os.container",
                        "pid1=systemd\nsystemd=yes\nrootfs=ext4\n"))
                .orElseThrow();

        assertThat(host.container()).isEmpty();
        assertThat(host.vm()).isEmpty();
        assertThat(host.detected()).isTrue();
    }

    @Test
    void withoutAToolTheMarksTell() {
        Virtualization pod = Virtualization.of(Printed.by(
                        "os.container",
                        "marker=/etc/rp_environment\nvariable=RUNPOD_POD_ID\npid1=bash\nsystemd=no\nrootfs=overlay\n"))
                .orElseThrow();
        assertThat(pod.container()).hasValue("container");
        assertThat(pod.provider()).hasValue("runpod");
        Virtualization cube = Virtualization.of(
                        Printed.by("os.container", "cgroup=0::/kubepods/besteffort/pod1\nsystemd=no\n"))
                .orElseThrow();
        assertThat(cube.container()).hasValue("kubernetes");
        assertThat(Virtualization.of(Printed.by("os.virt", "hypervisor=yes\n"))
                        .orElseThrow()
                        .vm())
                .isPresent();
        assertThat(Virtualization.of(Evidence.NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "uid=0(root) gid=0(root), sudo=missing, YES, true",
        "uid=1000(ubuntu) gid=1000, sudo=yes, YES, true",
        "uid=1000(jovyan) gid=100, sudo=missing, MISSING, false",
        "uid=1000(a) gid=1, 'sudo=no;said=sudo: a password is required', PASSWORD, false",
        "uid=1000(a) gid=1, 'sudo=no;said=a is not in the sudoers file.', REFUSED, false",
        "uid=1000(a) gid=1, garbage, UNKNOWN, false"
    })
    void waysToSudoAreToldApart(String id, String sudo, Privilege.Sudo expected, boolean may) {
        Privilege user = Privilege.of(Printed.by("user.id", id, "user.sudo", sudo.replace(';', '\n')))
                .orElseThrow();

        assertThat(user.sudo()).isEqualTo(expected);
        assertThat(user.mayInstall()).isEqualTo(may);
    }

    @Test
    void capabilitiesTellRootOfAContainerFromRoot() {
        assertThat(admin("CapEff:\t000001ffffffffff")).hasValue(true);
        assertThat(admin("CapEff:\t00000000a80425fb")).hasValue(false);
        assertThat(admin("nothing")).isEmpty();
    }

    private static java.util.Optional<Boolean> admin(String caps) {
        return Privilege.of(Printed.by("user.id", "uid=0(root) gid=0(root)", "user.caps", caps))
                .orElseThrow()
                .systemAdmin();
    }

    @Test
    void theClockIsComparedWithTheServers() {
        assertThat(Clock.of(Printed.by("os.clock", "server=1000|h.example\nbox=1090\n"))
                        .orElseThrow()
                        .ahead())
                .hasValue(90);
        assertThat(Clock.of(Printed.by("os.clock", "box=1090\nsynchronized=yes\n"))
                        .orElseThrow()
                        .ahead())
                .isEmpty();
        assertThat(Clock.of(Printed.by("os.clock", "date: not found"))).isEmpty();
    }

    @Test
    void poisonIsFoundWithoutItsPrefix() {
        Poison poison = Poison.of(Printed.by(
                        "user.env",
                        "session|PYTHONPATH=/x|y\ninit|HF_TOKEN=(not shown)\npreload|/usr/lib/libvgpu.so\njunk\n"))
                .orElseThrow();

        assertThat(poison.worst()).containsExactly("PYTHONPATH");
        assertThat(poison.variables()).containsEntry("PYTHONPATH", "/x|y").containsKey("HF_TOKEN");
        assertThat(poison.sharesGpu()).isTrue();
        assertThat(Poison.of(Printed.by("user.env", "")).orElseThrow().variables())
                .isEmpty();
    }
}
