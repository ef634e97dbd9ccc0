package dev.flashvsr.deploy.e2e;

import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.box.ssh.SshdFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory behind a real SSH server, a small playbook for it, and the files by which both are steered: a step that
 * calls {@code wait_for NAME} goes on once {@link #open} was called with that name.
 */
record SmallBox(Path directory, SshdFixture server) {
    /**
     * In front of every step: each that runs leaves a line in {@code ran}, and is as wanted once it has its mark. Fails
     * while there is a file {@code STEP.broken}. A step that waits ends with its root.
     */
    private static final String LIBRARY = """
            wait_for() { until [[ -e $root/$1 ]]; do [[ -d $root ]]; sleep 0.05; done; }
            ran() { echo "$STEP_ID" >>"$root/ran"; }
            finish() { if [[ -e $root/$STEP_ID.broken ]]; then echo "the disk fell off"; return 3; fi; mkdir -p "$root/done"; : >"$root/done/$STEP_ID"; }
            finished() { [[ -e $root/done/$STEP_ID ]]; }
            """;

    /** A step that only leaves its mark. */
    static String step(String id, String needs) {
        return step(id, needs, ":");
    }

    /** A step that does this, too. */
    static String step(String id, String needs, String run, String... more) {
        return "  - id: " + id + "\n    title: Step " + id + "\n    needs: [" + needs + "]\n    check: finished\n"
                + "    run: |\n      ran\n      " + run + "\n      finish\n"
                + Stream.of(more).map(line -> "    " + line + "\n").reduce("", String::concat);
    }

    static SmallBox of(Path directory, SshdFixture server) throws IOException {
        Files.createDirectories(directory.resolve("playbook"));
        return new SmallBox(directory, server);
    }

    /** Writes the playbook. */
    SmallBox playbook(String... steps) throws IOException {
        Files.writeString(directory.resolve("playbook/lib.sh"), LIBRARY);
        Files.writeString(
                directory.resolve("playbook/playbook.yaml"),
                "version: 1\nname: small\nlibrary: lib.sh\nvars:\n  root: \"" + root()
                        + "\"\n  colour: red\nsecrets: [HF_TOKEN]\nsteps:\n" + String.join("", steps));
        return this;
    }

    /** The program as somebody calls it who may log in there. */
    Program program() throws IOException {
        return Program.in(directory.resolve("home")).with(login(server)).with("--playbook", playbookFile());
    }

    /** The same with other known host keys: those of this file, which may be missing. */
    Program program(Path known) {
        return Program.in(directory.resolve("home"))
                .with("--playbook", playbookFile(), "--known-hosts", known.toString())
                .with("--identity", server.directory().resolve("id").toString());
    }

    String playbookFile() {
        return directory.resolve("playbook").toString();
    }

    /** The options that reach a server. */
    static String[] login(SshdFixture server) throws IOException {
        server.settings(); // writes known_hosts
        return new String[] {
            "--identity", server.directory().resolve("id").toString(),
            "--known-hosts", server.directory().resolve("known_hosts").toString()
        };
    }

    String target() {
        return target(server);
    }

    static String target(SshdFixture server) {
        return server.user() + "@127.0.0.1:" + server.port();
    }

    Path root() {
        return directory.resolve("root");
    }

    Path deploy() {
        return root().resolve(".deploy");
    }

    /** Lets steps that wait for this go on. */
    void open(String name) throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve(name), "");
    }

    /** Ids of the steps that ran, in the order in which they began. */
    List<String> ran() throws IOException {
        Path file = root().resolve("ran");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Waits until this step has begun. */
    void waitForStart(String step) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() -> ran().contains(step));
    }

    /** The directories of all runs, the oldest first. */
    List<Path> runs() throws IOException {
        if (!Files.isDirectory(deploy().resolve("runs"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(deploy().resolve("runs"))) {
            return all.sorted().toList();
        }
    }

    /** Waits for the end of the newest run; its result. */
    String waitForEnd() throws IOException {
        Path end = runs().get(runs().size() - 1).resolve("end");
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(end));
        return Files.readString(end).strip();
    }

    /** Kills the newest run's runner as the kernel does when memory runs out. */
    void killRunner() throws IOException {
        Path file = runs().get(runs().size() - 1).resolve("runner");
        String pid = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("pid="))
                .findFirst()
                .orElseThrow()
                .substring("pid=".length());
        Shell.run("kill", "-KILL", pid);
    }
}
