package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Getting a plan done on this machine as the box: the real scripts, a real runner. */
class DeploymentIT {
    @TempDir
    Path directory;

    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private final Random random = new Random();
    private Path root = Path.of("/");

    /** What a test left to the box ends by itself; its directory must not go before. */
    @AfterEach
    void nothingRunsAnyMore() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.endsWith("runner") || file.endsWith("leader"))
                        .noneMatch(DeploymentIT::lives);
            }
        });
    }

    private static boolean lives(Path process) {
        try (Stream<String> lines = Files.lines(process)) {
            return lines.filter(line -> line.startsWith("pid="))
                    .map(line -> Long.parseLong(line.substring("pid=".length())))
                    .anyMatch(pid -> pid > 0 && ProcessHandle.of(pid).isPresent());
        } catch (IOException e) {
            return false;
        }
    }

    @BeforeEach
    void playbook() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectory(directory.resolve("home"));
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: small
                steps:
                  - id: wait
                    title: Waits for a word
                    check: '[[ -e $root/waited ]]'
                    run: |
                      echo ran >>"$root/ran"
                      until [[ -e $root/go ]]; do sleep 0.05; done
                      touch "$root/waited"
                  - id: proof
                    title: Proof
                    check: '[[ -e $root/proof ]]'
                    run: |
                      echo "measured 42"
                      touch "$root/proof"
                    verify: true
                """);
    }

    private Box box() {
        Map<String, String> environment =
                Map.of("HOME", directory.resolve("home").toString(), "PATH", System.getenv("PATH"));
        return new LocalBox("box", Path.of("/bin/bash"), environment);
    }

    private Survey survey() {
        try (Box box = box()) {
            return new Surveyor(PlaybookLoader.load(directory), Map.of("root", root.toString()), random, clock())
                    .survey(box, false);
        }
    }

    private Plan plan(Survey survey, Selection selection) {
        Playbook playbook = PlaybookLoader.load(directory);
        return Planner.of(playbook, Map.of("root", root.toString()), selection).plan(survey.state(), History.NONE);
    }

    private Deployment deployment() {
        return deployment(this::box, Duration.ofSeconds(30));
    }

    private Deployment deployment(Dial dial, Duration reconnectLimit) {
        return new Deployment(new Context(
                dial,
                new Submitter("ann", "laptop"),
                Map.of(),
                heard::add,
                text -> text,
                tail -> Optional.empty(),
                reconnectLimit,
                random,
                Sleeper.REAL,
                clock()));
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }

    private void go() {
        try {
            Files.createFile(root.resolve("go"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long timesRun() throws IOException {
        try (Stream<String> lines = Files.lines(root.resolve("ran"))) {
            return lines.count();
        }
    }

    private List<String> notices() {
        return heard.stream()
                .filter(RunEvent.Notice.class::isInstance)
                .map(event -> ((RunEvent.Notice) event).text())
                .toList();
    }

    @Test
    void aLookAtTheStateAloneAnswers() {
        try (Box box = box()) {
            Survey survey = new Surveyor(
                            PlaybookLoader.load(directory), Map.of("root", root.toString()), random, clock())
                    .state(box);
            assertThat(survey.state().root()).isEqualTo(root.toString());
        }
    }

    @Test
    void runsToTheEndAndSaysWhatTheProofMeasured() throws Exception {
        go();
        Survey survey = survey();

        Result result = deployment().run(box(), plan(survey, Selection.ALL), survey);

        assertThat(result.word()).isEqualTo("ok");
        assertThat(notices()).containsExactly("proof says: measured 42");
        assertThat(plan(survey(), Selection.ALL).isEmpty()).isTrue();
    }

    @Test
    void whenTheRunnerDiesThePlanIsSubmittedAgainAndTheLivingStepTakenOver() throws Exception {
        Survey survey = survey();
        Thread killer = new Thread(() -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("ran")));
            kill(runner());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> heard.stream().anyMatch(RunEvent.StepReattached.class::isInstance));
            go();
        });
        killer.start();

        Result result = deployment().run(box(), plan(survey, Selection.ALL), survey);

        killer.join();
        assertThat(result.word()).isEqualTo("ok");
        assertThat(timesRun()).isEqualTo(1);
        assertThat(notices().get(0)).contains("The same plan is submitted again");
    }

    /** The pid of the runner of the newest run. */
    private long runner() {
        try (Stream<Path> runs = Files.list(root.resolve(".deploy/runs"))) {
            Path newest = runs.filter(run -> !run.getFileName().toString().startsWith("."))
                    .max(Path::compareTo)
                    .orElseThrow();
            return Files.readAllLines(newest.resolve("runner")).stream()
                    .filter(line -> line.startsWith("pid="))
                    .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    @Test
    void aRunWhoseAnswerWasLostOnTheWayIsFollowedAndNotSentAgain() throws Exception {
        go();
        Files.createFile(root.resolve("waited"));
        Survey survey = survey();
        Selection forced = new Selection(List.of(), List.of(), List.of("wait"));

        Result result = deployment().run(deafAtOnce(box()), plan(survey, forced), survey);

        assertThat(result.word()).isEqualTo("ok");
        assertThat(timesRun()).isEqualTo(1);
        assertThat(heard).anyMatch(RunEvent.LinkLost.class::isInstance);
    }

    @Test
    void aLinkThatIsLostForGoodBehindTheWholePlanLeavesTheRunToTheBox() throws Exception {
        go();
        Survey survey = survey();
        Deployment deployment = deployment(DeploymentIT::nowhere, Duration.ofSeconds(1));

        assertThatThrownBy(() -> deployment.run(deafAtOnce(box()), plan(survey, Selection.ALL), survey))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("The run may have begun, and then it goes on")
                .extracting(e -> ((DeployException) e).exitCode())
                .isEqualTo(ExitCode.DETACHED);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("proof")));
    }

    @Test
    void aLinkThatIsLostForGoodWithinThePlanStartsNothing() {
        Survey survey = survey();
        Deployment deployment = deployment(DeploymentIT::nowhere, Duration.ofSeconds(1));

        assertThatThrownBy(() -> deployment.run(brokenAtOnce(box()), plan(survey, Selection.ALL), survey))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("No run was started")
                .extracting(e -> ((DeployException) e).exitCode())
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(root.resolve(".deploy")).doesNotExist();
    }

    private static Box nowhere() {
        throw new DeployException(ExitCode.UNREACHABLE, "There is no way to the box.", "");
    }

    /** Takes nothing and says nothing. */
    private static Box brokenAtOnce(Box box) {
        return (Box) Proxy.newProxyInstance(
                Box.class.getClassLoader(), new Class<?>[] {Box.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(box, arguments);
                    return result instanceof BoxProcess process ? broken(process) : result;
                });
    }

    private static BoxProcess broken(BoxProcess process) {
        return (BoxProcess) Proxy.newProxyInstance(
                BoxProcess.class.getClassLoader(), new Class<?>[] {BoxProcess.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(process, arguments);
                    if (result instanceof OutputStream) {
                        return new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("Connection reset");
                            }
                        };
                    }
                    return result instanceof InputStream
                            ? new InputStream() {
                                @Override
                                public int read() throws IOException {
                                    throw new IOException("Connection reset");
                                }
                            }
                            : result;
                });
    }

    /** Runs what it is told to its end, and loses the answer. */
    private static Box deafAtOnce(Box box) {
        return (Box) Proxy.newProxyInstance(
                Box.class.getClassLoader(), new Class<?>[] {Box.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(box, arguments);
                    return result instanceof BoxProcess process ? deaf(process) : result;
                });
    }

    private static BoxProcess deaf(BoxProcess process) {
        return (BoxProcess) Proxy.newProxyInstance(
                BoxProcess.class.getClassLoader(), new Class<?>[] {BoxProcess.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(process, arguments);
                    return result instanceof InputStream stream ? lost(stream) : result;
                });
    }

    private static InputStream lost(InputStream stream) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                stream.readAllBytes();
                throw new IOException("Connection reset");
            }
        };
    }

    @Test
    void aRunOfAnotherPlanIsNotDisturbed() throws Exception {
        Survey survey = survey();
        deployment().submit(box(), plan(survey, Selection.ALL));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("ran")));

        Result other = deployment()
                .run(box(), plan(survey, new Selection(List.of("wait"), List.of(), List.of("wait"))), survey);

        assertThat(other).isInstanceOf(Result.Busy.class);
        go();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("proof")));
        assertThat(timesRun()).isEqualTo(1);
    }

    @Test
    void whoFollowsARunWhoseRunnerDiesIsToldThatNobodyWorksOnIt() throws Exception {
        Survey survey = survey();
        Plan plan = plan(survey, Selection.ALL);
        Result gone = deployment().submit(box(), plan);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("ran")));
        kill(runner());

        assertThatThrownBy(() -> deployment().attach(box(), plan, gone.run(), survey))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("gone without an end");
        go();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("waited")));
    }
}
