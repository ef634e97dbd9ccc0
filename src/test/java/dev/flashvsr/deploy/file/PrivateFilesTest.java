package dev.flashvsr.deploy.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    Path directory;

    private String written(Path part) throws IOException {
        try (FileChannel channel = PrivateFiles.openPart(part)) {
            channel.write(ByteBuffer.wrap("new".getBytes(UTF_8)), channel.size());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                .isEqualTo("rw-------");
        return Files.readString(part);
    }

    @Test
    void whatAnEarlierTimeLeftIsGoneOnWith() throws IOException {
        Path part = directory.resolve("x.part");

        assertThat(written(part)).isEqualTo("new");
        assertThat(written(part)).isEqualTo("newnew");
    }

    @Test
    void whatOthersMayHavePreparedIsReplacedAndNeverWritten() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("a.part"), victim);
        Path second = Files.createLink(directory.resolve("b.part"), victim);
        Path open = Files.writeString(directory.resolve("c.part"), "prepared");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path dangling = Files.createSymbolicLink(directory.resolve("d.part"), directory.resolve("made"));

        for (Path part : new Path[] {link, second, open, dangling}) {
            assertThat(written(part)).isEqualTo("new");
        }
        assertThat(victim).hasContent("precious");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void aDirectoryIsClosedToOthersUnlessAllMayUseIt() throws IOException {
        Path made = directory.resolve("a/b");
        PrivateFiles.directory(made);
        assertThat(mode(made)).isEqualTo("rwx------");

        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateFiles.directory(made);
        assertThat(mode(made)).isEqualTo("rwx------");

        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);
        PrivateFiles.directory(shared);
        assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
