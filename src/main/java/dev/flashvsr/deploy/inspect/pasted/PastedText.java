package dev.flashvsr.deploy.inspect.pasted;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a provider sent: one output or a whole terminal session, however it was copied. Each output that is recognised
 * becomes what the probe of its id would have printed; lines of none are named. Outputs of several machines are kept
 * apart, and those of one count.
 *
 * @param evidence recognised outputs, by probe ids, and {@code gpu.text} for the text of {@code nvidia-smi -q}
 * @param unknown the lines that are not recognised, at most 20 of them
 * @param more how many lines besides those are not recognised
 * @param machines what the machines are called, the one that counts first
 */
public record PastedText(Evidence evidence, List<String> unknown, int more, List<String> machines) {
    /** The largest text that is read, in characters. */
    public static final int MAX_CHARS = 16 << 20;

    private static final int MOST_UNKNOWN = 20;
    private static final int LONGEST_NAME = 120;

    /** Keeps copies. */
    public PastedText {
        unknown = List.copyOf(unknown);
        machines = List.copyOf(machines);
    }

    /** Reads {@code text}; what is longer than {@link #MAX_CHARS} is cut there. Never throws. */
    public static PastedText of(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
        Blocks blocks = Blocks.of(WrappedTable.joined(CopyMarks.removed(cut)));
        List<String> unknown = blocks.unread().stream()
                .limit(MOST_UNKNOWN)
                .map(PastedText::bounded)
                .toList();
        int more = Math.max(0, blocks.unread().size() - MOST_UNKNOWN);
        if (blocks.all().isEmpty()) {
            return new PastedText(Evidence.NONE, unknown, more, List.of());
        }
        Machines machines = Machines.of(blocks.all());
        int judged = machines.judged();
        List<String> names = new ArrayList<>(machines.names());
        names.add(0, names.remove(judged));
        return new PastedText(Conversion.of(machines.get(judged).blocks()), unknown, more, names);
    }

    /** What {@code bytes} say, whatever they are: UTF-8, or UTF-16 with its mark, as PowerShell writes a file. */
    public static String decoded(byte[] bytes) {
        boolean marked = bytes.length > 1
                && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
                        || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
        return new String(bytes, marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    /** Where the text is of several machines: which of them is judged, and which are left out. */
    public Optional<Wording> note() {
        if (machines.size() < 2) {
            return Optional.empty();
        }
        String judged = machines.get(0);
        String others = String.join(", ", machines.subList(1, machines.size()));
        return Optional.of(new Wording(
                "The text is of " + machines.size() + " machines: only " + judged + " is judged, and left out is "
                        + others + ". Give each a file of its own.",
                "В тексте вывод машин: " + machines.size() + ". Оценена только " + judged + ", не учтено: " + others
                        + ". Разделите их по файлам."));
    }

    private static String bounded(String line) {
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line;
    }
}
