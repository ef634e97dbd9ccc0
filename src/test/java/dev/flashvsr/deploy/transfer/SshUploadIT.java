package dev.flashvsr.deploy.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.box.ssh.FaultProxy;
import dev.flashvsr.deploy.box.ssh.HostKeyPolicy;
import dev.flashvsr.deploy.box.ssh.Prompt;
import dev.flashvsr.deploy.box.ssh.SshConnector;
import dev.flashvsr.deploy.box.ssh.SshSettings;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a real OpenSSH server, and links that are cut. */
class SshUploadIT extends UploadContract {
    private static final int SIZE = 64 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Half of a round trip over which a large file gets all of its channels. */
    private static final int FAR_MILLIS = 32;

    private final List<SshdFixture> servers = new ArrayList<>();
    private final List<FaultProxy> ways = new ArrayList<>();

    @Override
    protected Box connect(Login login) throws Exception {
        return far(server(login));
    }

    private Box far(SshdFixture server) throws IOException {
        FaultProxy way = new FaultProxy(server.port(), FAR_MILLIS);
        ways.add(way);
        return connect(server, way);
    }

    private SshdFixture server(Login login, String... more) throws Exception {
        SshdFixture server = SshdFixture.start(login, more);
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        for (FaultProxy way : ways) {
            way.close();
        }
        for (SshdFixture server : servers) {
            server.close();
        }
    }

    private static Box connect(SshdFixture server, FaultProxy way) throws IOException {
        SshSettings direct = server.settings();
        return SshConnector.connect(
                SshSettings.of("127.0.0.1", way.port(), server.user(), direct.acceptedKeys())
                        .withAgent(Optional.empty())
                        .withKeys(direct.keys(), true)
                        .withHostKeys(new HostKeyPolicy.AcceptNew()),
                Prompt.nobody());
    }

    private static Upload upload(Box box) {
        return new Upload(new BoxShell(box, new SecureRandom()));
    }

    /** No byte of it is zero, so that what has arrived can be counted in a file with holes. */
    private LocalFile largeFile() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        for (int i = 0; i < SIZE; i++) {
            content[i] |= 1;
        }
        return LocalFile.of(Files.write(here.resolve("large"), content));
    }

    @Test
    void atMostOneMebibyteThatHadArrivedIsSentAgainAfterACut() throws Exception {
        LocalFile file = largeFile();
        Path target = home.resolve("target");
        SshdFixture server = server(Login.of("/bin/bash", home));
        try (FaultProxy proxy = new FaultProxy(server.port(), FAR_MILLIS)) {
            AtomicLong moved = new AtomicLong();
            try (Box box = connect(server, proxy)) {
                assertThatThrownBy(() -> upload(box).send(file, target.toString(), bytes -> {
                            long now = moved.addAndGet(bytes);
                            if (now > SIZE / 2 && now - bytes <= SIZE / 2) {
                                cut(proxy);
                            }
                        }))
                        .isInstanceOf(LinkLostException.class);
            }
            assertThat(target).doesNotExist();
            // What was underway is still written, until the writers meet the end of their input.
            await().until(() -> !written(target));
            long arrived = arrived();
            assertThat(arrived).isBetween(1L, SIZE - 1L);
            try (Box box = connect(server, proxy)) {
                Sent sent = upload(box).send(file, target.toString(), TransferProgress.none());
                assertThat(sent.kept()).isBetween(arrived - (1 << 20), arrived);
                assertThat(sent.bytes()).isEqualTo(SIZE - sent.kept());
            }
            assertThat(LocalFile.of(target).sha256()).isEqualTo(file.sha256());
        }
    }

    /** Whether a process has the part file open. */
    private static boolean written(Path target) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .arguments()
                        .map(words -> String.join(" ", words).contains("of=" + target))
                        .orElse(false));
    }

    private long arrived() throws IOException {
        try (var files = Files.list(home)) {
            byte[] part =
                    Files.readAllBytes(files.filter(path -> path.toString().endsWith(".part"))
                            .findAny()
                            .orElseThrow());
            long count = 0;
            for (byte b : part) {
                count += b == 0 ? 0 : 1;
            }
            return count;
        }
    }

    private static void cut(FaultProxy proxy) {
        try {
            proxy.cut(true);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileArrivesOverTheOneChannelOfAShortWay() throws Exception {
        LocalFile file = largeFile();
        SshdFixture server = server(Login.of("/bin/bash", home), "MaxSessions 1");
        try (Box box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            new BoxShell(box, new SecureRandom()).run(new BoxScript("look", ":"), Payload.none(), LIMIT);
            upload(box).send(file, home.resolve("target").toString(), TransferProgress.none());
        }
        assertThat(LocalFile.of(home.resolve("target")).sha256()).isEqualTo(file.sha256());
    }

    @Test
    void aServerThatOpensOneChannelOnlyIsEnough() throws Exception {
        LocalFile file = largeFile();
        SshdFixture server = server(Login.of("/bin/bash", home), "MaxSessions 1");
        try (Box box = far(server)) {
            upload(box).send(file, home.resolve("target").toString(), TransferProgress.none());
        }
        assertThat(LocalFile.of(home.resolve("target")).sha256()).isEqualTo(file.sha256());
    }
}
