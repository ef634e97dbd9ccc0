package dev.flashvsr.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code questions} and {@code compare}, as they are called. */
class OffersCommandsTest {
    private static final String EXAMPLE = "docs/offer-example.yaml";
    private static final String SECOND = "docs/offer-example-2.yaml";

    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void questionsAreWrittenToAFile() throws IOException {
        Path letter = directory.resolve("letter.md");

        assertThat(execute("questions", "--lang", "ru", "-o", letter.toString()))
                .isZero();

        assertThat(letter).content().startsWith("# Вопросы об аренде сервера с GPU\n");
        assertThat(Files.list(directory)).containsExactly(letter);
    }

    @Test
    void questionsArePrintedInUtf8() {
        QuestionsCommand command = new QuestionsCommand();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        command.out = new PrintStream(printed, true, UTF_8);

        assertThat(new CommandLine(command)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute("--lang", "ru", "--plain-text", "--all"))
                .isZero();

        assertThat(printed.toString(UTF_8)).contains("Какая версия драйвера NVIDIA");
    }

    @Test
    void whatAnOfferAnswersIsLeftOut() {
        Path all = directory.resolve("all.md");
        Path rest = directory.resolve("rest.md");

        assertThat(execute("questions", "-o", all.toString())).isZero();
        assertThat(execute("questions", "--offer", EXAMPLE, "-o", rest.toString()))
                .isZero();

        assertThat(all).content().contains("for one or two hours");
        assertThat(rest).content().doesNotContain("for one or two hours");
    }

    @Test
    void offersAreComparedOnTheTerminalAndInFiles() {
        CompareCommand command = new CompareCommand();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        command.out = new PrintStream(printed, true, UTF_8);
        Path markdown = directory.resolve("offers.md");
        Path html = directory.resolve("offers.html");

        int status = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(EXAMPLE, SECOND, "--lang", "ru", "--markdown", markdown.toString(), "--html", html.toString());

        assertThat(status).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("Example Cloud", "Example Hosting", "✗ нет", "Цены в разных валютах");
        assertThat(markdown).content().contains("| Example Cloud | Example Hosting |");
        assertThat(html).content().contains("Example Hosting", "<html");
    }

    @Test
    void badInputEndsWithTwoAndThePlace() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.yaml"), "version: 1\nname: [\n");
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"),
                Files.readString(Path.of(EXAMPLE)).replace("  hour: 1.80", "  hours: 1.80"));

        assertThat(execute("compare")).isEqualTo(2);
        assertThat(execute("compare", "no-such-offer.yaml")).isEqualTo(2);
        assertThat(execute("compare", broken.toString())).isEqualTo(2);
        assertThat(execute("compare", wrong.toString())).isEqualTo(2);
        assertThat(execute("questions", "--offer", wrong.toString())).isEqualTo(2);
        assertThat(execute("questions", "--lang", "de")).isEqualTo(2);
        assertThat(err.toString())
                .contains("OFFER", "no-such-offer.yaml", "broken.yaml:", "wrong.yaml:7:3", "did you mean \"hour\"");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        assertThat(execute(
                        "questions",
                        "-o",
                        directory.resolve("no/such/letter.md").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("letter.md", "no such directory");
    }

    private int execute(String... args) {
        CommandLine command = Main.commandLine(args);
        command.setErr(new PrintWriter(err));
        return command.execute(args);
    }
}
