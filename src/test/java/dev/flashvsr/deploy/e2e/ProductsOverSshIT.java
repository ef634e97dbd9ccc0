package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a box builds serves the next one, and what comes of it is on the user's machine. */
class ProductsOverSshIT {
    /** A build takes its key from the box's card, and leaves a line in {@code compiled} if it has to compile. */
    private static final String LIBRARY = """
            facts() { printf 'commit 1\\ncard %s\\n' "$(cat "${root%/*}/card" 2>/dev/null || echo A100)"; }
            cache_key() { printf %s "$(facts)" | sha256sum | head -c 64; }
            build() {
              local entry=$root/wheels/$(cache_key)
              [[ ! -e $entry/built-for ]] || return 0
              echo "$entry" >>"$root/compiled"
              mkdir -p "$entry"
              echo "a wheel" >"$entry/a-1.whl"
              { (cd "$entry" && sha256sum -b a-1.whl) && facts; } >"$entry/built-for"
            }
            prove() { mkdir -p "$root/out"; echo "a clip" >"$root/out/clip.txt"; echo "passed: 17 frames per second"; }
            """;

    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void aBuildAndItsProof() throws IOException {
        box = SSHD.box(directory)
                .playbook(
                        step("wheel", "", "build", "cache: wheels"),
                        step("proof", "wheel", "prove", "results: [out/clip.txt, out/none.png]", "verify: true"));
        Files.writeString(directory.resolve("playbook/lib.sh"), LIBRARY, StandardOpenOption.APPEND);
    }

    private ProgramResult up(String... more) throws IOException {
        String[] words = Stream.concat(Stream.of("up", box.target(), "--yes"), Stream.of(more))
                .toArray(String[]::new);
        return box.program().run(words).exits(0).hasNoTrace();
    }

    private void newBox() throws Exception {
        Shell.run("rm", "-r", box.root().toString());
    }

    private boolean compiled() {
        return Files.exists(box.root().resolve("compiled"));
    }

    private Path kept() throws IOException {
        try (Stream<Path> all = Files.walk(box.program().state().resolve("cache"), 4)) {
            return all.filter(path -> path.getParent().getParent().endsWith("wheels"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theNextBoxIsGivenWhatThisOneBuiltUnlessItsKeyIsAnother() throws Exception {
        up().says("a-1.whl: here, 8 B", "wheel: done");
        assertThat(kept().resolve("a-1.whl")).hasContent("a wheel");
        newBox();
        box.program()
                .run("plan", box.target())
                .exits(0)
                .says(
                        "wheel  Step wheel: not there yet; not built anew: kept here, built by " + box.target()
                                + " on ",
                        "(host key SHA256:");
        up().says("wheel: what it builds was kept here from an earlier box, and is on this one now", "wheel: done");
        assertThat(compiled()).isFalse();
        newBox();
        Files.writeString(directory.resolve("card"), "H100");
        assertThat(up().out()).doesNotContain("kept here from an earlier box");
        assertThat(compiled()).isTrue();
    }

    @Test
    void whatAnotherBoxBuiltIsNotTakenWithoutAPersonWhoAgreesToThatBox() throws Exception {
        up();
        newBox();
        String other = box.target().replace("127.0.0.1", "localhost");
        assertThat(other).isNotEqualTo(box.target());
        box.program()
                .run("up", other, "--yes", "--accept-new-host-key")
                .exits(0)
                .says("Note: wheel: what " + box.target() + " on ", "is not used with --yes");
        assertThat(compiled()).isTrue();
        newBox();
        box.program()
                .run("up", other, "--yes", "--cache-from", box.target())
                .exits(0)
                .says("wheel: what it builds was kept here");
        assertThat(compiled()).isFalse();
    }

    @Test
    void oneThatWasDamagedIsToldNotSentAndReplaced() throws Exception {
        up();
        Files.writeString(kept().resolve("a-1.whl"), "a wheal");
        newBox();
        up().says("Note: wheel: " + kept() + " is not what its built-for says");
        assertThat(compiled()).isTrue();
        assertThat(kept().resolve("a-1.whl")).hasContent("a wheel");
    }

    @Test
    void withoutACacheNothingGoesEitherWay() throws Exception {
        up("--no-cache");
        assertThat(box.program().state().resolve("cache")).doesNotExist();
        up();
        assertThat(kept()).isDirectory();
        newBox();
        up("--no-cache");
        assertThat(compiled()).isTrue();
    }

    @Test
    void whatNobodyFollowedIsFetchedByTheNextCall() throws Exception {
        box.program().run("up", box.target(), "--yes", "--detach").exits(6);
        assertThat(box.waitForEnd()).isEqualTo("ok");
        up().says("Nothing to do", "a-1.whl: here, 8 B");
        assertThat(kept()).isDirectory();
        assertThat(up().out()).doesNotContain("a-1.whl");
    }

    @Test
    void resultsOfAStepThatRanAreHereAndTheEndSaysWhere() throws Exception {
        ProgramResult first = up();
        Path clip = box.program()
                .state()
                .resolve("results")
                .resolve(box.target().replace(':', '_'))
                .resolve("out/clip.txt");
        first.says(
                "proof: its result out/none.png was not brought here: it is not there",
                "proof says: passed: 17 frames per second",
                "proof: its results are here\n         " + clip);
        Files.delete(clip);
        assertThat(up().out()).doesNotContain("out/clip.txt");
        assertThat(clip).doesNotExist();

        JsonObject result = box.program().run("verify", box.target(), "--json").exits(0).lines().stream()
                .map(Json::parseObject)
                .filter(event -> event.string("event").equals("step.results"))
                .findFirst()
                .orElseThrow();
        assertThat(result.object("files").string("out/clip.txt")).isEqualTo(clip.toString());
        assertThat(clip).hasContent("a clip");
    }
}
