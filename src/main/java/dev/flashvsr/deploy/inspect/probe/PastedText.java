package dev.flashvsr.deploy.inspect.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a provider sent: one output or a whole terminal session, however it was copied. Each piece that is recognised
 * becomes what the probe of its id would have printed; the rest is named.
 *
 * @param evidence recognised outputs, by probe ids, and {@code gpu.text} for the text of {@code nvidia-smi -q}
 * @param unknown the first line of every piece that is not recognised, at most 20 of them
 */
public record PastedText(Evidence evidence, List<String> unknown) {
    /** The largest text that is read, in characters. */
    public static final int MAX_CHARS = 16 << 20;

    private static final int MOST_UNKNOWN = 20;
    private static final int LONGEST_NAME = 120;

    /** Keeps a copy. */
    public PastedText {
        unknown = List.copyOf(unknown);
    }

    /** Reads {@code text}; what is longer than {@link #MAX_CHARS} is cut there. Never throws. */
    public static PastedText of(String text) {
        Map<String, Output> outputs = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (PastedPiece piece : PastedPieces.of(clean(text))) {
            List<PastedKind.Found> found = PastedKind.of(piece);
            if (found.isEmpty() && !piece.text().isBlank() && unknown.size() < MOST_UNKNOWN) {
                unknown.add(firstLine(piece));
            }
            // Of two of a kind the longer one says more: one may be cut.
            found.forEach(one -> outputs.merge(
                    one.id(),
                    Output.pasted(piece.command().isEmpty() ? one.id() : piece.command(), one.text()),
                    (older, newer) -> newer.text().length() > older.text().length() ? newer : older));
        }
        return new PastedText(new Evidence(outputs), unknown);
    }

    /** What {@code bytes} say, whatever they are: UTF-8, or UTF-16 with its mark, as PowerShell writes a file. */
    public static String decoded(byte[] bytes) {
        boolean marked = bytes.length > 1
                && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
                        || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
        return new String(bytes, marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    /** Without what copying does to a text: colours, line ends of Windows, marks, hard blanks, HTML's entities. */
    private static String clean(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
        String plain = cut.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\uFEFF", "")
                .replace('\u00A0', ' ')
                .replaceAll("\u001B\\[[0-9;?]{0,20}[A-Za-z]", "");
        boolean escaped = plain.contains("&lt;nvidia_smi_log")
                || plain.contains("&lt;gpu ")
                || plain.contains("&lt;product_name")
                || plain.contains("&nbsp;")
                || plain.contains("&#124;");
        return escaped
                ? plain.replaceAll("(?i)<br ?/?>", "\n")
                        .replace("&nbsp;", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&#124;", "|")
                        .replace("&amp;", "&")
                : plain;
    }

    private static String firstLine(PastedPiece piece) {
        String line = piece.text().strip().lines().findFirst().orElse("").strip();
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line;
    }
}
