package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private static final Playbook PLAYBOOK = new Playbook(
            "x",
            Path.of("playbook.yaml"),
            "",
            List.of(),
            Map.of("python_version", "3.11"),
            List.of("HF_TOKEN"),
            List.of());

    @TempDir
    Path scratch;

    @Test
    void theLaterLayerWins() throws IOException {
        List<Setting> file = env("python_version: 3.10\n");
        List<Setting> set = List.of(set("python_version=3.13"), set("python_version=3.14"));

        assertThat(Variables.resolve(PLAYBOOK, List.of(), List.of(), List.of()))
                .isEqualTo(Map.of("python_version", "3.11"));
        assertThat(Variables.resolve(PLAYBOOK, file, List.of(), List.of())).containsEntry("python_version", "3.10");
        assertThat(Variables.resolve(PLAYBOOK, file, List.of(set("python_version=3.12")), List.of()))
                .containsEntry("python_version", "3.12");
        assertThat(Variables.resolve(PLAYBOOK, file, List.of(), set)).containsEntry("python_version", "3.14");
    }

    @Test
    void rootCanAlwaysBeSet() {
        assertThat(Variables.resolve(PLAYBOOK, List.of(), List.of(), List.of(set("root=~/x"))))
                .containsEntry("root", "~/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "/", "//", "/a/../b", "~", "~user/x", "/a\nb"})
    void rootMustBeAnAbsolutePath(String root) {
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(PLAYBOOK, List.of(), List.of(), List.of(set("root=" + root))))
                .withMessageStartingWith("--set root=…: \"root\" ");
    }

    @Test
    void anUndefinedVariableIsPointedAtInItsFile() throws IOException {
        List<Setting> file = env("# pins\npython_verison: 3.10\nother: x\n");

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(PLAYBOOK, file, List.of(), List.of()))
                .withMessage(scratch.resolve("x.yaml")
                        + ":2:1: the playbook x has no variable \"python_verison\" (did you mean \"python_version\"?)\n"
                        + "    2 | python_verison: 3.10\n      | ^^^^^^^^^^^^^^\n"
                        + scratch.resolve("x.yaml")
                        + ":3:1: the playbook x has no variable \"other\" (known: python_version, root)\n"
                        + "    3 | other: x\n      | ^^^^^")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void anUndefinedVariableOfTheCommandLineNamesTheOption() {
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(PLAYBOOK, List.of(), List.of(), List.of(set("python_verison=3"))))
                .withMessage("--set python_verison=…: the playbook x has no variable \"python_verison\""
                        + " (did you mean \"python_version\"?)");
    }

    /** It would be kept readable, in plans here and in checkpoints on the box. */
    @Test
    void aPasswordInAnAddressIsRefusedWithoutShowingIt() throws IOException {
        String name = PLAYBOOK.variables().keySet().iterator().next();
        List<Setting> file = env(name + ": https://me:verysecret@index.example/simple\n");
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(
                        PLAYBOOK, file, List.of(), List.of(set(name + "=a ssh://me:verysecret@host/x"))))
                .withMessageContaining("x.yaml:1:1: \"" + name + "\" has a password in an address")
                .withMessageContaining("--set " + name + "=…: \"" + name + "\" has a password in an address")
                .withMessageNotContaining("verysecret");
        assertThat(Variables.resolve(
                        PLAYBOOK, List.of(), List.of(), List.of(set(name + "=ssh://git@host/x https://me@host/y"))))
                .containsEntry(name, "ssh://git@host/x https://me@host/y");
    }

    @Test
    void aSecretInAFileIsRefusedWithoutShowingIt() throws IOException {
        List<Setting> file = env("HF_TOKEN: hf_verysecret\n");

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(PLAYBOOK, file, List.of(), List.of(set("HF_TOKEN=hf_verysecret"))))
                .withMessageContaining("x.yaml:1:1: \"HF_TOKEN\" is a secret and can't be set here")
                .withMessageContaining("--set HF_TOKEN=…: \"HF_TOKEN\" is a secret")
                .withMessageNotContaining("verysecret");
    }

    @Test
    void aValueThatNoProgramCanBeGivenIsRefused() {
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> Variables.resolve(
                        PLAYBOOK, List.of(), List.of(), List.of(set("python_version=" + "x".repeat(1 << 17)))))
                .withMessageContaining("longer than a program can be given");
    }

    @Test
    void anOptionKeepsEverythingAfterTheFirstEqualsSign() {
        assertThat(set("python_version=a=b ")).isEqualTo(new Setting.OnCommandLine("python_version", "a=b "));
        assertThat(set("python_version=").value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "python_version", "=3"})
    void anOptionWithoutNameOrValueIsRefused(String option) {
        Problems problems = new Problems();

        assertThat(Setting.parse(option, problems)).isEmpty();
        assertThat(problems.all()).singleElement().asString().contains("is not NAME=VALUE");
    }

    private static Setting set(String option) {
        return Setting.parse(option, new Problems()).orElseThrow();
    }

    private List<Setting> env(String text) throws IOException {
        return EnvFile.load(Files.writeString(scratch.resolve("x.yaml"), text));
    }
}
