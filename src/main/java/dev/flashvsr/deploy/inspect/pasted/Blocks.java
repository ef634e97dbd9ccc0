package dev.flashvsr.deploy.inspect.pasted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text cut into outputs.
 *
 * @param all in the text's order
 * @param unread the lines that belong to none of them
 */
record Blocks(List<Block> all, List<String> unread) {
    /** The line of the time that nvidia-smi puts above what it prints. */
    private static final Pattern DATE = Pattern.compile("\\S.{4,40}\\d{1,2}:\\d{2}:\\d{2}.{0,20}");

    /** Marks of code, rulers, and nothing. */
    private static final Pattern NOTHING = Pattern.compile(
            "\\s*(?:[`~]{3,}\\s?\\w{0,20}|[-=_*#\u2014]{2,}|[+~]?|No LSB modules are available\\.)\\s*");

    private static final Pattern A_CARD =
            Pattern.compile("NVIDIA-SMI\\s+[0-9]|[0-9]MiB|[0-9]W\\s*/|Processes:|HAMI-core|Driver Version");

    /** No row of nvidia-smi is wider. */
    private static final int WIDEST = 300;

    Blocks {
        all = List.copyOf(all);
        unread = List.copyOf(unread);
    }

    static Blocks of(List<String> lines) {
        Reading reading = new Reading();
        for (int i = 0; i < lines.size(); i++) {
            reading.line(lines, i);
        }
        reading.close();
        return new Blocks(reading.blocks, reading.unread);
    }

    private static final class Reading {
        private final List<Block> blocks = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();
        private final List<String> open = new ArrayList<>();
        private Optional<Kind> kind = Optional.empty();
        private Optional<String> host = Optional.empty();
        private String command = "";
        private boolean windows;

        void line(List<String> lines, int at) {
            String line = lines.get(at);
            Optional<Prompt> prompt = kind.filter(Kind.XML::equals).isPresent() ? Optional.empty() : Prompt.of(line);
            if (prompt.isPresent()) {
                close();
                host = prompt.get().host().or(() -> host);
                command = prompt.get().command();
                windows = prompt.get().windows();
                return;
            }
            if (kind.filter(Kind.CSV::equals).isPresent() && line.contains(",") && CsvTable.goesOn(open, line)) {
                open.add(line);
                return;
            }
            Optional<Kind> begun = Kind.begunBy(line, command, at + 1 < lines.size() ? lines.get(at + 1) : "");
            if (kind.isPresent() && kind.get().continuedBy(line, open, begun)) {
                open.add(kind.get() == Kind.TABLE && line.length() > WIDEST ? line.substring(0, WIDEST) : line);
            } else if (begun.isPresent()) {
                boolean another = kind.isPresent() && !command.contains(";") && !command.contains("&&");
                close();
                // Below another output the command above does not count any more, unless it was a list of commands.
                command = another && begun.get() != Kind.CSV ? "" : command;
                kind = begun;
                open.add(line);
            } else {
                close();
                if (!NOTHING.matcher(line).matches() && !isDate(lines, at)) {
                    unread.add(line.strip());
                }
            }
        }

        private boolean isDate(List<String> lines, int at) {
            if (!DATE.matcher(lines.get(at)).matches()) {
                return false;
            }
            int next = at + 1;
            while (next < lines.size() && next < at + 4 && lines.get(next).isBlank()) {
                next++;
            }
            return next < lines.size()
                    && Kind.begunBy(lines.get(next), "", "")
                            .filter(found -> found == Kind.TABLE || found == Kind.LOG || found == Kind.XML)
                            .isPresent();
        }

        void close() {
            if (kind.isPresent()) {
                Block block = new Block(kind.get(), host, command, windows, open);
                if (kind.get() == Kind.TABLE && !A_CARD.matcher(block.text()).find()) {
                    open.stream().filter(line -> !line.isBlank()).forEach(line -> unread.add(line.strip()));
                } else {
                    blocks.add(block);
                }
            }
            open.clear();
            kind = Optional.empty();
        }
    }
}
