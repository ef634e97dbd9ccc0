package dev.flashvsr.deploy.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upload does on every kind of box. */
@Timeout(60)
abstract class UploadContract {
    @TempDir
    Path home;

    @TempDir
    Path here;

    private Box box;

    /** A fresh connection for such a login. */
    protected abstract Box connect(Login login) throws Exception;

    @BeforeEach
    void login() throws Exception {
        box = connect(Login.of("/bin/bash", home));
    }

    @AfterEach
    void close() {
        box.close();
    }

    private Upload upload() {
        return new Upload(new BoxShell(box, new SecureRandom()));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private LocalFile file(byte[] content) throws IOException {
        return LocalFile.of(Files.write(here.resolve("a file"), content));
    }

    private static Path part(Path target, LocalFile file) {
        return target.resolveSibling(target.getFileName() + "." + file.sha256().substring(0, 16) + ".part");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (256 << 10) - 1, 256 << 10, 1 << 20, (1 << 20) + 1, (9 << 20) + 12_345})
    void filesArriveAsTheyAre(int size) throws Exception {
        byte[] content = random(size);
        Path target = home.resolve("new directory/it's a \"name\" with ünïcode");
        AtomicLong moved = new AtomicLong();
        assertThat(upload().send(file(content), target.toString(), moved::addAndGet))
                .isEqualTo(new Sent(size, 0));
        assertThat(target).hasBinaryContent(content);
        assertThat(moved).hasValue(size);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void aFileThatIsThereIsNotSentAgain() throws Exception {
        byte[] content = random(3 << 20);
        Path target = Files.write(home.resolve("there"), content);
        assertThat(upload().send(file(content), target.toString(), TransferProgress.none()))
                .isEqualTo(new Sent(0, content.length));
    }

    @Test
    void aFileOfTheSameSizeWithOtherContentIsReplaced() throws Exception {
        byte[] content = random(3 << 20);
        Path target = Files.write(home.resolve("there"), new byte[3 << 20]);
        assertThat(upload().send(file(content), target.toString(), TransferProgress.none()))
                .isEqualTo(new Sent(content.length, 0));
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void onlyBlocksThatAreNotThereAsTheyShouldBeAreSent() throws Exception {
        byte[] content = random((4 << 20) + 7);
        Path target = home.resolve("target");
        LocalFile file = file(content);
        byte[] part = Arrays.copyOf(content, 3 << 20);
        Arrays.fill(part, 300_000, 300_010, (byte) 0);
        Files.write(part(target, file), part);
        assertThat(upload().send(file, target.toString(), TransferProgress.none()))
                .isEqualTo(new Sent(Upload.BLOCK + (1 << 20) + 7, (3 << 20) - Upload.BLOCK));
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void garbageLongerThanTheFileIsReplaced() throws Exception {
        byte[] content = random(2 << 20);
        Path target = home.resolve("target");
        LocalFile file = file(content);
        Files.write(part(target, file), random(3 << 20));
        assertThat(upload().send(file, target.toString(), TransferProgress.none()))
                .isEqualTo(new Sent(content.length, 0));
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aFileThatChangesWhileItIsSentGetsNoName() throws Exception {
        byte[] content = random(2 << 20);
        Path target = home.resolve("target");
        LocalFile before = file(content);
        content[1_500_000]++;
        file(content);
        assertThatThrownBy(() -> upload().send(before, target.toString(), TransferProgress.none()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("it changed while it was sent");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aFileThatBecomesShorterIsNoticed() throws Exception {
        LocalFile before = file(random(2 << 20));
        file(random(1 << 20));
        assertThatThrownBy(() -> upload().send(before, home.resolve("target").toString(), TransferProgress.none()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("became shorter while it was sent");
        assertThat(home.resolve("target")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        Files.write(home.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> upload().send(
                                file(random(2 << 20)),
                                home.resolve("file/target").toString(),
                                TransferProgress.none()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("Can't write")
                .hasMessageContaining("file/target");
    }
}
