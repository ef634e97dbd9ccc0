package dev.flashvsr.deploy.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.problem.DeployException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The contract on this machine, and a disk that is full. */
class LocalUploadIT extends UploadContract {
    @Override
    protected Box connect(Login login) {
        return new LocalBox("local", Path.of(login.shell()), login.environment());
    }

    @Test
    void aFullDiskIsNamedAndTheUploadGoesOnWhenThereIsRoom() throws Exception {
        Path small = Files.createDirectory(home.resolve("small disk"));
        assumeTrue(ends("mount", "-t", "tmpfs", "-o", "size=3m", "none", small.toString()), "nothing can be mounted");
        try (Box box = connect(Login.of("/bin/bash", home))) {
            Upload upload = new Upload(new BoxShell(box, new SecureRandom()));
            byte[] content = new byte[5 << 20];
            new Random(1).nextBytes(content);
            LocalFile file = LocalFile.of(Files.write(here.resolve("large"), content));
            String target = small.resolve("target").toString();
            assertThatThrownBy(() -> upload.send(file, target, TransferProgress.none()))
                    .isInstanceOf(DeployException.class)
                    .hasMessageContaining("No space left on device");
            assertThat(Path.of(target)).doesNotExist();
            assertThat(ends("mount", "-o", "remount,size=8m", small.toString())).isTrue();
            assertThat(upload.send(file, target, TransferProgress.none()).kept())
                    .isPositive();
            assertThat(Path.of(target)).hasBinaryContent(content);
        } finally {
            ends("umount", small.toString());
        }
    }

    private static boolean ends(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
