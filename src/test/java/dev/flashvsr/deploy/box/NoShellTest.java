package dev.flashvsr.deploy.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoShellTest {
    private static final Exit FAILED = new Exit.Exited(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: Your SSH client doesn't support PTY|gateway|exposed TCP",
                "This service requires a terminal.|gateway|own address",
                "command execution is not supported|gateway|own address",
                "exec requests are not allowed here|gateway|own address",
                "This account is currently not available.|no shell|usermod",
                "fatal: Interactive git shell is not enabled.|no shell|usermod",
                "Hi you! We do not provide shell access.|no shell|usermod",
                "This service allows sftp connections only.|files only|usermod",
                "rbash: line 1: /bin/sh: restricted: cannot specify '/' in command names|restricted|usermod",
                "Please login as the user \"ubuntu\" rather than the user \"root\".|another user|Name that user in the target: ubuntu@HOST",
                "Password change required but no TTY available.|expired|Log in once",
            })
    void whatIsSaidTellsWhatItIs(String said, String what, String next) {
        DeployException e = NoShell.found("a1", FAILED, said).orElseThrow();
        assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT);
        assertThat(e)
                .hasMessageContaining("runs no commands")
                .hasMessageContaining(what)
                .hasMessageContaining(said);
        assertThat(e).hasMessageNotContaining("start file");
        assertThat(e.next().orElseThrow()).contains(next).doesNotContain(".bashrc");
    }

    /** What start files print before they end the shell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bye now",
                "open terminal failed: not a terminal",
                "stty: 'standard input': Inappropriate ioctl for device",
                "Access to this system is restricted to authorized users.",
                "tput: No value for $TERM and no -T specified",
                "bash: conda: command not found"
            })
    void startFilesAreLeftToBlame(String said) {
        assertThat(NoShell.found("a1", FAILED, said)).isEmpty();
    }

    @Test
    void aStatusTellsThatInputWasTaken() {
        assertThat(NoShell.found("a1", new Exit.Exited(BootLine.INCOMPLETE), "").orElseThrow())
                .hasMessageContaining("reads standard input");
    }
}
