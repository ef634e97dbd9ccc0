package dev.flashvsr.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        CommandLine command = Main.commandLine(args);
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "up", "status", "attach", "logs", "cancel", "verify", "rehearse"})
    void everyCommandExplainsItself(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: flashvsr-deploy " + command).contains("--playbook");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandIsListedByItsOwnName() {
        Main.commands()
                .forEach((name, type) -> assertThat(
                                type.getAnnotation(CommandLine.Command.class).name())
                        .isEqualTo(name));
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains(Main.commands().keySet());
    }

    @Test
    void attachOffersNothingThatWouldStartARun() {
        assertThat(execute("attach", "local", "--detach")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--detach'");
    }

    @Test
    void aMisspeltCommandOrOptionIsExplained() {
        assertThat(execute("statsu", "local")).isEqualTo(2);
        assertThat(execute("plan", "--oflline")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Did you mean: flashvsr-deploy status")
                .contains("--offline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1"})
    void aPortIsAPort(String port) {
        assertThat(execute("plan", "root@192.0.2.1", "--port=" + port)).isEqualTo(2);
        assertThat(err.toString()).contains("--port " + port + " is no port");
    }

    @Test
    void aTimeIsATime() {
        assertThat(execute("up", "local", "--reconnect-limit", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no time such as 90s, 15m or 2h");
    }

    @Test
    void theOptionsToTypeAgainAreQuotedForAShell() {
        PlaybookOptions options = new PlaybookOptions();
        options.playbook = Optional.of(Path.of("/a b"));
        options.set.add("word=it's");
        Again again = new Again();
        options.addTo(again);

        assertThat(again.toString()).isEqualTo(" --playbook '/a b' --set 'word=it'\\''s'");
    }

    /** A mistake in it makes logback report to standard output. */
    @Test
    void theLoggingConfigurationIsWhole() throws Exception {
        try (InputStream file = Main.class.getResourceAsStream("/logback.xml")) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(Optional.ofNullable(file).orElseThrow(() -> new IOException("logback.xml")))
                            .getElementsByTagName("statusListener")
                            .getLength())
                    .isEqualTo(1);
        }
    }
}
