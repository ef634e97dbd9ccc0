package dev.flashvsr.deploy.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FileTroubleTest {
    private static final MountTable MOUNTS = MountTable.parse(List.of(
            "/dev/sda1 / ext4 rw,relatime 0 0",
            "server:/home /home nfs4 rw,hard 0 0",
            "tmpfs /home/me/a\\040b tmpfs rw 0 0",
            "me@host: /mnt fuse.sshfs rw 0 0",
            "tmpfs /mnt tmpfs ro 0 0",
            "not a mount",
            ""));

    private static String at(String path) {
        return MOUNTS.holding(Path.of(path))
                .map(mount -> mount.type() + " " + mount.place())
                .orElseThrow();
    }

    @Test
    void theInnermostMountHoldsAFile() {
        assertThat(at("/etc/passwd")).isEqualTo("ext4 /");
        assertThat(at("/home/me/.local/state")).isEqualTo("nfs4 /home");
        assertThat(at("/homes/me")).isEqualTo("ext4 /");
        assertThat(at("/home/me/a b/c")).isEqualTo("tmpfs /home/me/a b");
    }

    @Test
    void ofTwoMountsAtOnePlaceTheLaterHidesTheOther() {
        assertThat(at("/mnt/file")).isEqualTo("tmpfs /mnt");
    }

    @Test
    void withoutATableThereIsNone() {
        assertThat(new MountTable(List.of()).holding(Path.of("/"))).isEqualTo(Optional.empty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheFileSystemRefusesNamesIt() {
        Path file = Path.of("/proc/self/none");
        assertThat(FileTrouble.why(file, new IOException("No space left on device")))
                .isEqualTo("No space left on device (proc at /proc)");
        assertThat(FileTrouble.why(file, new FileSystemException("x", null, "Input/output error")))
                .isEqualTo("Input/output error (proc at /proc)");
    }

    @Test
    void whatThePersonCanChangeDoesNot() {
        Path file = Path.of("/proc/self/none");
        assertThat(FileTrouble.why(file, new NoSuchFileException("x"))).isEqualTo("there is no such directory");
        assertThat(FileTrouble.why(file, new AccessDeniedException("x"))).isEqualTo("this user may not write there");
    }
}
