package dev.flashvsr.deploy.box.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A private OpenSSH server on a high loopback port, without an SFTP subsystem. Skips the test where there is no sshd. */
public final class SshdFixture implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Map<String, String> USERS = new ConcurrentHashMap<>();

    private final Process process;
    private final Path directory;
    private final int port;
    private final String user;

    private SshdFixture(Process process, Path directory, int port, String user) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.user = user;
    }

    /** A server for a login; {@code more} lines go on top of its configuration, where they win. */
    public static SshdFixture start(Login login, String... more) throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "there is no sshd");
        Path directory = Files.createTempDirectory("sshd-fixture");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean root = System.getProperty("user.name").equals("root");
        if (root) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        String user = userWith(login.shell());
        keygen(directory, "host", "-t", "ed25519", "-N", "");
        keygen(directory, "id", "-t", "ed25519", "-N", "");
        authorize(directory, "id");
        int port = freePort();
        String environment = login.environment().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("SSH_CLIENT"))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        List<String> config = new ArrayList<>(List.of(more));
        config.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + directory.resolve("host"),
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "LogLevel VERBOSE",
                "SetEnv " + environment));
        Files.write(directory.resolve("config"), config);
        if (!user.equals(System.getProperty("user.name"))) {
            LocalCommand.of("chmod", "-R", "a+rwX", login.home().toString()).run(Duration.ofSeconds(10));
        }
        Process process = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        SshdFixture fixture = new SshdFixture(process, directory, port, user);
        try {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> listens(port));
        } catch (RuntimeException e) {
            throw new IOException(fixture.log(), e);
        }
        return fixture;
    }

    /** How to reach it, with its host key known and its one user key. */
    public SshSettings settings() throws IOException {
        Path known = directory.resolve("known_hosts");
        if (!Files.exists(known)) {
            String[] key = Files.readString(directory.resolve("host.pub")).split(" ");
            Files.writeString(known, "[127.0.0.1]:" + port + " " + key[0] + " " + key[1] + "\n");
        }
        return SshSettings.of("127.0.0.1", port, user, known)
                .withAgent(java.util.Optional.empty())
                .withKnownHosts(List.of(), known)
                .withIdentity(directory.resolve("id"));
    }

    public int port() {
        return port;
    }

    public String user() {
        return user;
    }

    /** Where its keys lie. */
    public Path directory() {
        return directory;
    }

    /** What it logged. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** Makes another user key and lets it in. */
    public Path userKey(String name, String... options) throws Exception {
        keygen(directory, name, options);
        authorize(directory, name);
        return directory.resolve(name);
    }

    /** What ssh-keygen prints as the fingerprint of the host's key. */
    public String fingerprint() {
        LocalResult result = LocalCommand.of(
                        "ssh-keygen", "-lf", directory.resolve("host.pub").toString())
                .run(Duration.ofSeconds(10));
        return result.output().split(" ")[1];
    }

    static void keygen(Path directory, String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "ssh-keygen", "-q", "-C", name, "-f", directory.resolve(name).toString()));
        command.addAll(List.of(options));
        LocalResult result = LocalCommand.of(command.toArray(String[]::new)).run(Duration.ofSeconds(20));
        assertThat(result.ok()).as(result.error()).isTrue();
    }

    private static void authorize(Path directory, String name) throws IOException {
        Path file = directory.resolve("authorized_keys");
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + Files.readString(directory.resolve(name + ".pub")));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** This user where the shell fits, else a user made for the test, which takes root. */
    private static String userWith(String shell) throws IOException {
        String me = System.getProperty("user.name");
        boolean mine = Files.readAllLines(Path.of("/etc/passwd"), UTF_8).stream()
                .anyMatch(line -> line.startsWith(me + ":") && line.endsWith(":" + shell));
        if (mine) {
            return me;
        }
        assumeTrue(me.equals("root"), "to try another login shell takes root");
        return USERS.computeIfAbsent(shell, SshdFixture::makeUser);
    }

    private static String makeUser(String shell) {
        String name = "fvt-" + shell.replaceAll(".*/", "") + "-"
                + ProcessHandle.current().pid();
        // '*': no password fits; an account that is locked would be refused altogether.
        LocalResult made = LocalCommand.of("useradd", "-M", "-d", "/tmp", "-p", "*", "-s", shell, name)
                .run(Duration.ofSeconds(20));
        assumeTrue(made.ok(), made.error());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> LocalCommand.of("userdel", name).run(Duration.ofSeconds(20))));
        return name;
    }

    /** Ends every connection without a word, as a box's provider or a router does; the server goes on. */
    public void cutConnections() {
        process.children().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
