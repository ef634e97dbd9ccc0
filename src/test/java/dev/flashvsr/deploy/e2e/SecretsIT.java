package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What programs read, and what nobody may. */
class SecretsIT {
    /** The line of a step that gets the secret. */
    private static final String NAMED = "secrets: [HF_TOKEN]";

    private static final String CANARY = "hf_canary0123456789";

    private static final List<String> EVENTS = List.of(
            "run.started",
            "box.inspected",
            "plan.ready",
            "step.started",
            "step.output",
            "step.progress",
            "step.retrying",
            "step.reattached",
            "step.skipped",
            "step.adopted",
            "step.finished",
            "step.failed",
            "step.blocked",
            "link.lost",
            "link.restored",
            "notice",
            "run.finished");

    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void box() throws Exception {
        box = SSHD.box(directory)
                .playbook(
                        step("quiet", "", "[[ $HF_TOKEN == " + CANARY.substring(0, 3) + "* ]]", NAMED),
                        step("loud", "", "echo token is $HF_TOKEN; echo again $HF_TOKEN >&2", NAMED),
                        step("late", "loud", "[[ -z ${HF_TOKEN+set} ]]"));
    }

    @Test
    void jsonIsOneKnownEventALineAndNothingElse() throws Exception {
        box.open("late.broken");
        ProgramResult up = box.program()
                .environment("HF_TOKEN", CANARY)
                .run("up", box.target(), "--yes", "--json")
                .exits(1);
        List<JsonObject> events = up.lines().stream().map(Json::parseObject).toList();
        assertThat(events).allSatisfy(event -> assertThat(event.string("ts")).matches("20[0-9-]+T[0-9:.]+Z"));
        assertThat(events.stream().map(event -> event.string("event")))
                .startsWith("box.inspected", "plan.ready", "run.started")
                .contains("step.started", "step.output", "step.finished", "step.failed")
                .endsWith("run.finished")
                .isSubsetOf(EVENTS);
        assertThat(events.get(events.size() - 1).string("result")).isEqualTo("failed");
        assertThat(up.toString()).doesNotContain(CANARY);
    }

    @Test
    void planAndStatusAreOneJsonDocumentEach() throws Exception {
        JsonObject plan = Json.parseObject(
                box.program().run("plan", box.target(), "--json").exits(0).out());
        assertThat(plan.toString()).contains("loud");
        Json.parseObject(
                box.program().run("status", box.target(), "--json").exits(0).out());
        assertThat(box.root()).doesNotExist();
    }

    @Test
    void aSecretReachesItsStepsAndIsSeenNowhereElse() throws Exception {
        Program program = box.program().environment("HF_TOKEN", CANARY);
        box.open("late.broken");
        ProgramResult up = program.run("up", box.target(), "--yes", "-v").exits(1);
        assertThat(up.toString()).doesNotContain(CANARY).contains("token is ", "quiet: done");
        List<Path> holders = filesWithTheCanary(box.root());
        assertThat(holders)
                .as("only the step's own words may carry it")
                .allSatisfy(file -> assertThat(file.toString()).endsWith("/steps/loud/1/log"));
        assertThat(filesWithTheCanary(directory.resolve("home"))).isEmpty();
        assertThat(filesWithTheCanary(SSHD.home())).isEmpty();
        // Whoever reads it later, also without the secret at hand, does not see it either.
        ProgramResult logs =
                box.program().run("logs", box.target(), "loud").exits(0).says("token is ");
        assertThat(logs.out()).doesNotContain(CANARY);
    }

    /** A stranger's playbook can't take what is in the environment without a word. */
    @Test
    void whatIsSentIsNamedBeforeItGoes() throws Exception {
        Files.writeString(directory.resolve("playbook/data.txt"), "1");
        box.playbook(step("quiet", "", ":", NAMED, "files: [data.txt]"), step("late", ""));
        Program program = box.program().environment("HF_TOKEN", CANARY);
        String secret = "Secrets from your environment that are sent to the box: HF_TOKEN (to quiet).";
        String file = "Files of the playbook's directory that are sent to the box: data.txt.";
        program.run("plan", box.target()).exits(0).says(secret, file);
        program.run("plan", "--offline").exits(0).says(secret, file);
        program.run("up", box.target()).exits(2).says(secret, file);
        program.run("up", box.target(), "--json").exits(2).complains(secret).complains(file);
        JsonObject sends = Json.parseObject(
                        program.run("plan", box.target(), "--json").exits(0).out())
                .object("sends");
        assertThat(sends.array("secrets").objects().get(0).string("name")).isEqualTo("HF_TOKEN");
        assertThat(sends.array("files").objects().get(0).string("path")).isEqualTo("data.txt");
        // Agreed to without the secret: with it, that is another matter.
        String saved = directory.resolve("plan.json").toString();
        box.program().run("plan", box.target(), "--out", saved).exits(0);
        program.run("up", box.target(), "--plan", saved, "--yes")
                .exits(1)
                .complains("The secret HF_TOKEN would be sent");
        assertThat(box.root()).doesNotExist();
        box.playbook(step("quiet", "", "[[ -z ${HF_TOKEN+set} ]]"));
        program.run("up", box.target(), "--yes")
                .exits(0)
                .says("Secrets that are set here and sent to no step, because none names them: HF_TOKEN.");
    }

    @Test
    void whileItRunsNoProcessHasItOnItsCommandLine() throws Exception {
        box.playbook(step("waits", "", "wait_for go; sleep 0.1", NAMED));
        Program program = box.program().environment("HF_TOKEN", CANARY);
        try (RunningProgram up = program.start("up", box.target(), "--yes", "-v")) {
            box.waitForStart("waits");
            for (int look = 0; look < 20; look++) {
                assertThat(commandLinesWithTheCanary()).isEmpty();
                Thread.sleep(20);
            }
            box.open("go");
            up.end().exits(0);
        }
    }

    /** The words of a step that fails come to a person by many ways. */
    @Test
    void whatAFailingStepSaysOfItIsRedactedInAllPlaces() throws Exception {
        box.playbook(step(
                "leaks",
                "",
                "printf '%8180s%s\\n' '' \"$HF_TOKEN\"; echo \"error: bad token $HF_TOKEN\" >&2; printf %s"
                        + " \"url?t=$HF_TOKEN\"; exit 22",
                NAMED));
        Program program = box.program().environment("HF_TOKEN", CANARY);
        Path saved = directory.resolve("plan.json");
        List<ProgramResult> all = List.of(
                program.run("up", box.target(), "--yes", "-v")
                        .exits(1)
                        .says("error: bad token [secret]", "url?t=[secret]"),
                program.run("up", box.target(), "--yes", "--json").exits(1).says("error: bad token [secret]"),
                program.run("plan", box.target(), "--json", "--out", saved.toString()),
                program.run("plan", box.target(), "-v"),
                program.run("status", box.target()),
                program.run("status", box.target(), "--json"),
                program.run("logs", box.target(), "leaks").says("error: bad token [secret]"),
                box.program()
                        .elsewhere(directory.resolve("other"))
                        .run("logs", box.target(), "leaks")
                        .says("error: bad token [secret]"));
        String piece = CANARY.substring(0, 12);
        assertThat(all).allSatisfy(result -> assertThat(result.toString()).doesNotContain(CANARY));
        assertThat(all.subList(0, 7))
                .as("nor the piece of it that a cut line ends with")
                .allSatisfy(result -> assertThat(result.toString()).doesNotContain(piece));
        assertThat(filesWithTheCanary(box.root()))
                .allSatisfy(file -> assertThat(file.toString()).matches(".*/steps/leaks/\\d+/log"));
        assertThat(filesWithTheCanary(directory.resolve("home"))).isEmpty();
        assertThat(filesWithTheCanary(directory.resolve("other"))).isEmpty();
        assertThat(Files.readString(saved)).doesNotContain(CANARY);
    }

    /** A private key: each of its lines is as secret as the whole, also for a machine that does not have it. */
    @Test
    void aSecretOfSeveralLinesIsRedactedLineByLine() throws Exception {
        String key = "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA1234567890\n" + CANARY + "\n-----END KEY-----\n";
        box.playbook(step(
                "leaks",
                "",
                "printf '%s\\n' \"$HF_TOKEN\"; echo \"in one: ${HF_TOKEN//$'\\n'/\\\\n}\"; set -x; : \"$HF_TOKEN\"; exit 9",
                NAMED));
        Program program = box.program().environment("HF_TOKEN", key);
        List<ProgramResult> all = List.of(
                program.run("up", box.target(), "--yes", "-v").exits(1).says("in one: "),
                program.run("up", box.target(), "--yes", "--json").exits(1).says("in one: "),
                program.run("status", box.target()),
                program.run("logs", box.target(), "leaks").exits(0).says("in one: "),
                box.program()
                        .elsewhere(directory.resolve("other"))
                        .run("logs", box.target(), "leaks")
                        .exits(0)
                        .says("in one: "));
        assertThat(all)
                .allSatisfy(
                        result -> assertThat(result.toString()).doesNotContain(CANARY, "MIIEpAIBAAKCAQEA1234567890"));
        assertThat(filesWithTheCanary(directory.resolve("home"))).isEmpty();
        assertThat(filesWithTheCanary(box.root()))
                .allSatisfy(file -> assertThat(file.toString()).endsWith("/log"));
    }

    /** What a step prints of an address, and what this machine's own environment has. */
    @Test
    void aPasswordInAnAddressIsASecret() throws Exception {
        String address = "http://me:" + CANARY + "@127.0.0.1:9/simple";
        String sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
        box.playbook(step(
                "prints",
                "",
                "echo get http://you:" + CANARY + "x@index.example/a; echo only " + CANARY + "; exit 9",
                "inputs: [colour]"));
        Files.writeString(
                directory.resolve("playbook/lib.sh"),
                Files.readString(directory.resolve("playbook/lib.sh"))
                        + "downloads() { printf 'wheel %s - six %s/d\\n' \"$colour\" \"$root\"; }\n");
        Program program = box.program().environment("PIP_INDEX_URL", address).with("--set", "colour=" + sha256);
        ProgramResult relayed =
                program.run("up", box.target(), "--yes", "--relay").exits(1).complains("127.0.0.1:9");
        ProgramResult printed = program.run("up", box.target(), "--yes", "--json")
                .exits(1)
                .says("get http://[secret]@index.example/a", "only [secret]");
        assertThat(List.of(relayed, printed))
                .allSatisfy(result -> assertThat(result.toString()).doesNotContain(CANARY));
        assertThat(filesWithTheCanary(directory.resolve("home"))).isEmpty();
        box.program()
                .run("plan", box.target(), "--set", "colour=" + address)
                .exits(2)
                .complains("--set colour=…: \"colour\" has a password in an address");
    }

    @Test
    void onlyItsOwnerCanReadWhatIsKeptHere() throws Exception {
        Path saved = directory.resolve("plan.json");
        box.playbook(step("one", ""));
        Program program = box.program();
        program.run("up", box.target(), "--yes").exits(0);
        Path state = directory.resolve("home/state");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
        program.run("plan", box.target(), "--out", saved.toString()).exits(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
                .isEqualTo("rw-------");
        try (Stream<Path> journals = Files.list(state.resolve("journal"))) {
            assertThat(journals.toList())
                    .isNotEmpty()
                    .allSatisfy(
                            journal -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
                                    .isEqualTo("rw-------"));
        }
    }

    private static List<String> commandLinesWithTheCanary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(path -> path.resolve("cmdline"))
                    .filter(SecretsIT::holdsIt)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static List<Path> filesWithTheCanary(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).filter(SecretsIT::holdsIt).toList();
        }
    }

    private static boolean holdsIt(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
        } catch (IOException e) {
            return false;
        }
    }
}
