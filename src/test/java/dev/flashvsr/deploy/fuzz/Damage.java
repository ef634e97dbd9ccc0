package dev.flashvsr.deploy.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes wrong files out of right ones, the same from the same seed. */
final class Damage {
    /** The largest that is made: over the limit of every reader of YAML, and far over any file that a person writes. */
    private static final int BLOATED = 3 << 20;

    /** So many inputs between two that are large: those take as long as a thousand others. */
    private static final int BLOAT_EVERY = 3000;

    private static final List<byte[]> PIECES = List.of(
                    ":",
                    "- ",
                    "\n",
                    "\n\n",
                    "  ",
                    "\t",
                    "[",
                    "]",
                    "{",
                    "}",
                    "{}",
                    "[]",
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
                    "-1",
                    "1e999999999",
                    "1E-999999999",
                    "0.1",
                    "99999999999999999999",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "2147483648",
                    "1e308",
                    "NaN",
                    "\0",
                    "\uFEFF",
                    "\u2028",
                    "\u0085",
                    "\u202e",
                    "é",
                    "𝄞",
                    "\ud800",
                    "\"\\UFFFFFFFF\"",
                    "\"\\ud800\"",
                    "\\u0000",
                    "\"\\x",
                    "\u001b[2J",
                    "\u009b31m",
                    "%YAML 9.9\n",
                    "null",
                    "true",
                    "false",
                    "..",
                    "../",
                    "/",
                    "/etc/passwd",
                    "root",
                    "\r\n",
                    "\r",
                    "\"a\":",
                    ": &b",
                    "\"event\":\"step.finished\"",
                    "\"seconds\":1e400",
                    "= ",
                    "0 ",
                    "999999999999 ",
                    ".")
            .stream()
            .map(piece -> piece.getBytes(UTF_8))
            .toList();

    private final List<byte[]> right;
    private final Random random;
    private int made;

    Damage(List<byte[]> right, long seed) {
        this.right = List.copyOf(right);
        this.random = new Random(seed);
    }

    /** The next wrong file. */
    byte[] next() {
        byte[] text = right.get(random.nextInt(right.size()));
        if (++made % BLOAT_EVERY == 0) {
            return bloated(text);
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
            text = damaged(text);
        }
        return text;
    }

    private byte[] damaged(byte[] text) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + random.nextInt(random.nextInt(8) == 0 ? 400 : 12));
        return switch (random.nextInt(9)) {
            case 0 -> replaced(text, from, to, new byte[0]);
            case 1 -> replaced(text, from, Math.min(text.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(text, from, to, piece());
            case 3 -> replaced(text, from, from, piece());
            case 4 -> replaced(text, from, to, some(text, 80));
            case 5 -> replaced(text, from, to, some(right.get(random.nextInt(right.size())), 400));
            case 6 -> Arrays.copyOf(text, from);
            case 7 -> replaced(text, from, from, repeated(random.nextBoolean() ? piece() : some(text, 30), 200));
            default -> lineMoved(text);
        };
    }

    /** One piece again and again, up to megabytes. */
    private byte[] bloated(byte[] text) {
        byte[] whole = random.nextInt(4) == 0 ? damaged(text) : text;
        int size = random.nextInt(3) == 0 ? BLOATED : (1 << 20) - whole.length - 1;
        byte[] piece = random.nextInt(3) > 0 ? some(whole, 60) : piece();
        int at = random.nextInt(whole.length + 1);
        return replaced(whole, at, at, repeated(piece, Math.max(1, size / Math.max(1, piece.length))));
    }

    private byte[] lineMoved(byte[] text) {
        String[] lines = new String(text, UTF_8).split("(?<=\n)");
        int from = random.nextInt(lines.length);
        int to = random.nextInt(lines.length);
        String moved = lines[from];
        lines[from] = random.nextBoolean() ? lines[to] : lines[from];
        lines[to] = moved;
        return String.join("", lines).getBytes(UTF_8);
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private byte[] some(byte[] text, int longest) {
        if (text.length == 0) {
            return text;
        }
        int start = random.nextInt(text.length);
        return Arrays.copyOfRange(text, start, Math.min(text.length, start + 1 + random.nextInt(longest)));
    }

    private static byte[] repeated(byte[] piece, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(piece.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] replaced(byte[] text, int from, int to, byte[] piece) {
        byte[] result = new byte[from + piece.length + text.length - to];
        System.arraycopy(text, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(text, to, result, from + piece.length, text.length - to);
        return result;
    }
}
