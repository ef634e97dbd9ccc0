package dev.flashvsr.deploy.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.box.ssh.FaultProxy;
import dev.flashvsr.deploy.box.ssh.HostKeyPolicy;
import dev.flashvsr.deploy.box.ssh.Prompt;
import dev.flashvsr.deploy.box.ssh.SshConnector;
import dev.flashvsr.deploy.box.ssh.SshSettings;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of this machine as the box, of boxes that say what they like, and over a link that is cut. */
@Timeout(60)
class DownloadIT {
    private static final long LIMIT = 100 << 20;

    @TempDir
    Path home;

    @TempDir
    Path here;

    private Optional<Fetched> fetch(Path file, Path target, TransferProgress progress) {
        try (Box box = new LocalBox(
                "local", Path.of("/bin/bash"), Login.of("/bin/bash", home).environment())) {
            return new Download(new BoxShell(box, new SecureRandom())).fetch(file.toString(), target, LIMIT, progress);
        }
    }

    private Optional<Fetched> fetch(Path file, Path target) {
        return fetch(file, target, TransferProgress.none());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Path part(byte[] content) throws IOException {
        return Files.write(here.resolve("target.part"), content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (64 << 10) - 1, 64 << 10, (5 << 20) + 12_345})
    void filesArriveAsTheyAre(int size) throws IOException {
        byte[] content = random(size);
        Path file = Files.write(home.resolve("it's a \"name\" with ünïcode"), content);
        Path target = here.resolve("new/target");
        AtomicLong moved = new AtomicLong();

        assertThat(fetch(file, target, moved::addAndGet)).contains(new Fetched(size, Sha256.hex(content), size));

        assertThat(target).hasBinaryContent(content);
        assertThat(moved).hasValue(size);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void aFileThatIsNotThereIsNoFailureAndLeavesNothing() {
        assertThat(fetch(home.resolve("nowhere"), here.resolve("target"))).isEmpty();
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void itGoesOnWhereItWas() throws IOException {
        byte[] content = random(3 << 20);
        Path file = Files.write(home.resolve("file"), content);
        part(Arrays.copyOf(content, 2 << 20));
        AtomicLong moved = new AtomicLong();

        assertThat(fetch(file, here.resolve("target"), moved::addAndGet)
                        .orElseThrow()
                        .received())
                .isEqualTo(1 << 20);
        assertThat(here.resolve("target")).hasBinaryContent(content);
        assertThat(moved).hasValue(3 << 20);
    }

    @Test
    void aPartOfSomethingElseIsNotGoneOnWith() throws IOException {
        byte[] content = random(3 << 20);
        Path file = Files.write(home.resolve("file"), content);
        byte[] other = Arrays.copyOf(content, 2 << 20);
        other[1_000_000]++;
        part(other);

        assertThat(fetch(file, here.resolve("target")).orElseThrow().received()).isEqualTo(3 << 20);
        assertThat(here.resolve("target")).hasBinaryContent(content);
    }

    @Test
    void aPartThatIsLongerThanTheFileIsReplaced() throws IOException {
        byte[] content = random(1 << 20);
        Path file = Files.write(home.resolve("file"), content);
        part(random(2 << 20));

        fetch(file, here.resolve("target"));

        assertThat(here.resolve("target")).hasBinaryContent(content);
        assertThat(here.resolve("target.part")).doesNotExist();
    }

    @Test
    void whatIsHereAlreadyIsNotFetchedAgainAndAnOlderOneIsReplaced() throws IOException {
        byte[] content = random(1 << 20);
        Path file = Files.write(home.resolve("file"), content);
        Path target = Files.write(here.resolve("target"), new byte[1 << 20]);

        assertThat(fetch(file, target).orElseThrow().received()).isEqualTo(1 << 20);
        assertThat(fetch(file, target).orElseThrow().received()).isZero();
        assertThat(target).hasBinaryContent(content);
        assertThat(here.resolve("target.part")).doesNotExist();
    }

    @Test
    void whatCanNotBeFetchedIsNamed() throws IOException {
        Path directory = Files.createDirectory(home.resolve("directory"));
        assertThatThrownBy(() -> fetch(directory, here.resolve("target")))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining(directory + " is not a file");

        Path large = home.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(LIMIT + 1);
        }
        assertThatThrownBy(() -> fetch(large, here.resolve("target")))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("more than the 104857600 bytes");
        assertThat(here).isEmptyDirectory();

        Path inTheWay = Files.write(here.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> fetch(home.resolve("x"), inTheWay.resolve("target")))
                .isInstanceOf(DeployException.class)
                .hasMessageStartingWith("Can't write " + inTheWay.resolve("target") + " on this machine");
    }

    /** What such a box says in place of the script, and what is said of it; HASH is that of "hello". */
    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            file 5 HASH 0\\nhellomore                 ! sent more of /x than the 5 bytes
            file 5 HASH 0\\njello                     ! is not /x as it was
            file 5 HASH 0\\nhel                       ! ended early, with status 0
            file 5 HASH 3\\nlo                        ! box said: file 5
            file 999999999999999999 HASH 0\\nhello    ! box said: file 999999999999999999
            file -5 HASH 0\\nhello                    ! box said: file -5
            file 5 ../../etc 0\\nhello                ! box said: file 5 ../../etc 0
            \\n                                       ! box said:
            failed \\033[2Jno\\n                      ! Can't fetch /x of box: no
            """)
    void aBoxIsHeldToWhatItSays(String says, String message) throws IOException {
        Path target = Files.writeString(here.resolve("target"), "as it was");

        assertThatThrownBy(() ->
                        lyingBox(says, Duration.ofSeconds(30)).fetch("/x", target, LIMIT, TransferProgress.none()))
                .isInstanceOf(DeployException.class)
                .isNotInstanceOf(LinkLostException.class)
                .hasMessageContaining(message);
        assertThat(target).hasContent("as it was");
    }

    @Test
    void aLineWithoutEndIsNotReadForEver() throws IOException {
        assertThatThrownBy(() -> lyingBox("x".repeat(10_000), Duration.ofSeconds(30))
                        .fetch("/x", here.resolve("target"), LIMIT, TransferProgress.none()))
                .hasMessageContaining("box said: ");
    }

    @Test
    void aBoxThatSendsNoMoreIsGivenUp() throws IOException {
        assertThatThrownBy(() -> lyingBox("file 5 HASH 0\\nhel'; sleep 300; printf '", Duration.ofMillis(300))
                        .fetch("/x", here.resolve("target"), 100, TransferProgress.none()))
                .isInstanceOf(LinkLostException.class)
                .hasMessageContaining("sent no more of /x");
        assertThat(here.resolve("target.part")).hasContent("hel");
    }

    @Test
    void aBoxThatSendsAByteNowAndThenIsGivenUp() throws IOException {
        assertThatThrownBy(() -> lyingBox(
                                "file 90 HASH 0\\n'; while printf x; do sleep 0.1; done; printf '",
                                Duration.ofSeconds(1))
                        .fetch("/x", here.resolve("target"), 100, TransferProgress.none()))
                .isInstanceOf(LinkLostException.class)
                .hasMessageContaining("sent no more of /x");
        assertThatThrownBy(() -> lyingBox("file'; while printf 1; do sleep 0.1; done; printf '", Duration.ofSeconds(1))
                        .fetch("/x", here.resolve("target"), 100, TransferProgress.none()))
                .isInstanceOf(LinkLostException.class);
    }

    /** From a login shell that does not do what it is told. */
    private Download lyingBox(String says, Duration stall) throws IOException {
        Path shell = Files.writeString(
                home.resolve("shell"), """
                #!/bin/bash
                [[ $2 =~ \\ box\\ ([0-9a-f]{32})\\ [0-9]+ ]]
                printf '\\n%%s begin\\n' "${BASH_REMATCH[1]}"
                printf '%s'
                printf '%%s end 0\\n' "${BASH_REMATCH[1]}"
                cat >/dev/null
                """.formatted(says.replace("HASH", Sha256.hex("hello".getBytes(UTF_8)))));
        shell.toFile().setExecutable(true);
        return new Download(
                new BoxShell(
                        new LocalBox("box", shell, Login.of("/bin/bash", home).environment()), new SecureRandom()),
                stall);
    }

    @Test
    void afterACutLinkTheRestIsFetched() throws Exception {
        byte[] content = random(64 << 20);
        Path file = Files.write(home.resolve("file"), content);
        Path target = here.resolve("target");
        try (SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home));
                FaultProxy proxy = new FaultProxy(server.port(), 1)) {
            AtomicLong moved = new AtomicLong();
            try (Box box = connect(server, proxy)) {
                assertThatThrownBy(() -> new Download(new BoxShell(box, new SecureRandom()))
                                .fetch(file.toString(), target, LIMIT, bytes -> {
                                    long now = moved.addAndGet(bytes);
                                    if (now > content.length / 2 && now - bytes <= content.length / 2) {
                                        cut(proxy);
                                    }
                                }))
                        .isInstanceOf(LinkLostException.class);
            }
            assertThat(target).doesNotExist();
            long arrived = Files.size(here.resolve("target.part"));
            assertThat(arrived).isGreaterThan(content.length / 2);
            try (Box box = connect(server, proxy)) {
                Fetched rest = new Download(new BoxShell(box, new SecureRandom()))
                        .fetch(file.toString(), target, LIMIT, TransferProgress.none())
                        .orElseThrow();
                assertThat(rest.received()).isEqualTo(content.length - arrived);
            }
        }
        assertThat(target).hasBinaryContent(content);
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

    private static void cut(FaultProxy proxy) {
        try {
            proxy.cut(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
