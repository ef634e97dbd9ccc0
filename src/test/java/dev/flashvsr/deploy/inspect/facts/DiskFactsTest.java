package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import org.junit.jupiter.api.Test;

class DiskFactsTest {
    private static final String RUNPOD = """
            candidate|/workspace
            candidate|/root
            place|/root|rwx|20971520|18000000|overlay|overlay|/|rw,relatime
            place|/workspace|rwx|104857600|100000000|xfs|/dev/md0|/workspace|rw,relatime
            """;

    @Test
    void aVolumeWithRoomIsChosenBeforeTheContainersLayer() {
        Place place =
                Disk.of(Printed.by("disk.df", RUNPOD)).flatMap(Disk::chosen).orElseThrow();

        assertThat(place.path()).isEqualTo("/workspace");
        assertThat(place.kept()).isEqualTo(Place.Kept.VOLUME);
        assertThat(place.free()).hasValue(100000000L * 1024);
    }

    @Test
    void aGivenRootIsTakenEvenWhereAnotherHasMoreRoom() {
        Disk disk = Disk.of(
                        Printed.by(
                                "disk.df",
                                RUNPOD
                                        + "root|/root/x|given\nroot|/root/x|rwx|20971520|18000000|overlay|overlay|/|rw\ndone|weights\ndone|pytorch\n"))
                .orElseThrow();

        assertThat(disk.chosen().orElseThrow().path()).isEqualTo("/root/x");
        assertThat(disk.holdsDeploy()).isTrue();
    }

    @Test
    void placesThatCannotBeUsedAreNotChosen() {
        assertThat(Disk.of(Printed.by("disk.df", """
                                place|/data|rwx|99999999|99999999|ext4|/dev/sdb|/data|rw,noexec
                                place|/mnt/ro|rwx|99999999|99999999|ext4|/dev/sdc|/mnt/ro|ro
                                place|/mnt/no|r-x|99999999|99999999|ext4|/dev/sdd|/mnt/no|rw
                                place|/mnt/hung|||||||
                                """)).orElseThrow().chosen()).isEmpty();
    }

    @Test
    void whatStaysIsToldByTheFileSystem() {
        assertThat(kept("nfs4", "/workspace")).isEqualTo(Place.Kept.NETWORK);
        assertThat(kept("overlay", "/")).isEqualTo(Place.Kept.LAYER);
        assertThat(kept("tmpfs", "/dev/shm")).isEqualTo(Place.Kept.MEMORY);
        assertThat(kept("ext4", "/")).isEqualTo(Place.Kept.SYSTEM);
        assertThat(kept("", "")).isEqualTo(Place.Kept.UNKNOWN);
    }

    private static Place.Kept kept(String type, String mount) {
        return Disk.of(Printed.by("disk.df", "place|/x|rwx|1|1|" + type + "|s|" + mount + "|rw"))
                .orElseThrow()
                .places()
                .get(0)
                .kept();
    }

    @Test
    void junkIsNoPlace() {
        assertThat(Disk.of(Printed.by("disk.df", "place|/x|rwx\nplace||||||||\n\u0000\u0001\ufffd|||||||||||||")))
                .isEmpty();
        assertThat(Disk.of(Evidence.NONE)).isEmpty();
        assertThat(Disk.of(Printed.by("disk.df", "place|/x|rwx|99999999999999999999|-5|ext4|s|/|rw"))
                        .orElseThrow()
                        .places()
                        .get(0)
                        .free())
                .isEmpty();
    }

    @Test
    void inodesAreThoseOfTheNearestDirectoryAbove() {
        var all = Inodes.of(Printed.by("disk.inodes", "inodes|/|1000|900\ninodes|/workspace|0|0\nIUsed IFree\n"));

        assertThat(Inodes.below(all, "/workspace/flashvsr").orElseThrow().free())
                .isEmpty();
        assertThat(Inodes.below(all, "/work").orElseThrow().free()).hasValue(900);
    }

    @Test
    void theLastOfMountsOverEachOtherCounts() {
        Mounts mounts = Mounts.of(
                        Printed.by(
                                "disk.mounts",
                                "/dev/a / ext4 rw 0 0\n/dev/b /mnt/with\\040blank xfs rw,noexec 0 0\ntmpfs / tmpfs rw 0 0\nrubbish\n"))
                .orElseThrow();

        assertThat(mounts.at("/x").orElseThrow().type()).isEqualTo("tmpfs");
        assertThat(mounts.at("/mnt/with blank/y").orElseThrow().options()).contains("noexec");
    }

    @Test
    void virtualDisksSayNothingOfTheirKind() {
        var disks = DiskKind.of(Printed.by("disk.kind", """
                NAME="zram0" ROTA="0" TRAN="" TYPE="disk" SIZE="0B" MODEL="" FSTYPE=""
                NAME="vda" ROTA="1" TRAN="" TYPE="disk" SIZE="256G" MODEL="" FSTYPE=""
                NAME="nvme0n1" ROTA="0" TRAN="nvme" TYPE="disk" SIZE="3.5T" MODEL="SAMSUNG MZQL23T8HCLS" FSTYPE=""
                NAME="luks-1" ROTA="0" TRAN="" TYPE="crypt" SIZE="3.5T" MODEL="" FSTYPE="ext4"
                """));

        assertThat(disks).extracting(DiskKind::name).containsExactly("vda", "nvme0n1", "luks-1");
        assertThat(disks.get(0).virtual()).isTrue();
        assertThat(disks.get(1).virtual()).isFalse();
    }
}
