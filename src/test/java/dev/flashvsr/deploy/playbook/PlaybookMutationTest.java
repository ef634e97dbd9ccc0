package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a playbook is damaged: it is read, or its problems are said; nothing else comes out. */
class PlaybookMutationTest {
    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 2000;
    private static final String[] PIECES = {
        ":",
        "-",
        "\n",
        "  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        "*a",
        "&a ",
        "!",
        "!!",
        "|",
        ">",
        "\"",
        "'",
        "\\",
        "#",
        "%",
        "@",
        "?",
        "~",
        "<<",
        "---\n",
        "...\n",
        ",",
        "0",
        "99999999999999999999",
        "\0",
        "\uFEFF",
        "\u2028",
        "é",
        "𝄞",
        "\"\\UFFFFFFFF\"",
        "\"\\x",
        "%YAML 9.9\n",
        "null",
        "..",
        "/",
        "root"
    };

    @Test
    void aDamagedPlaybookIsReadOrItsProblemsAreSaid(@TempDir Path scratch) throws IOException {
        Path full = Path.of("src/test/resources/dev/flashvsr/deploy/playbook/valid/full");
        for (String name : new String[] {"lib.sh", "steps/first.sh", "files/x.py"}) {
            Files.createDirectories(scratch.resolve(name).getParent());
            Files.copy(full.resolve(name), scratch.resolve(name));
        }
        byte[] right = Files.readAllBytes(full.resolve("playbook.yaml"));
        Path file = scratch.resolve("playbook.yaml");
        Random random = new Random(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = right;
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged = damage(damaged, random);
            }
            Files.write(file, damaged);
            read += isRead(file, round) ? 1 : 0;
        }
        assertThat(read).as("some survive, most do not").isBetween(1, ROUNDS / 2);
    }

    private static boolean isRead(Path file, int round) throws IOException {
        try {
            PlaybookLoader.load(file);
            return true;
        } catch (ProblemsException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return false;
        } catch (RuntimeException | StackOverflowError other) {
            throw new AssertionError(
                    "round " + round + ":\n" + Files.readString(file, StandardCharsets.ISO_8859_1), other);
        }
    }

    private static byte[] damage(byte[] text, Random random) {
        int from = random.nextInt(text.length);
        int to = Math.min(text.length, from + random.nextInt(12));
        byte[] piece = switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
            default -> {
                int start = random.nextInt(text.length);
                yield Arrays.copyOfRange(text, start, Math.min(text.length, start + random.nextInt(80)));
            }
        };
        byte[] damaged = new byte[from + piece.length + text.length - to];
        System.arraycopy(text, 0, damaged, 0, from);
        System.arraycopy(piece, 0, damaged, from, piece.length);
        System.arraycopy(text, to, damaged, from + piece.length, text.length - to);
        return damaged;
    }
}
