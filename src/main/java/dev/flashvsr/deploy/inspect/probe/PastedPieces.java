package dev.flashvsr.deploy.inspect.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a pasted text where a prompt stands, and where one known output ends and another begins. */
final class PastedPieces {
    /** {@code user@host:~$ }, {@code [user@host dir]# }, {@code (base) root@host:/# }, {@code $ } and {@code # }. */
    private static final Pattern PROMPT = Pattern.compile(
            "\\s{0,4}(?:\\([^)\\s]{1,40}\\) ?)?(?:[\\w.-]{1,40}+@[\\w.-]{1,80}+[: ]?+[^$#>%\\s]{0,100}+|\\[[^\\]]{1,100}\\])?\\s?[$#>%❯]\\s+(\\S.{0,2000})");

    /** Commands after a bare {@code $} or {@code #}: anything else there may be a comment. */
    private static final Pattern COMMAND = Pattern.compile(
            "(sudo |LC_ALL=\\S+ |LANG=\\S+ )*(/\\S*/)?(nvidia-smi|lscpu|free|df|cat|uname|nvcc|ulimit|lsb_release|nproc|python3?|hostnamectl|ls|lsblk|uptime|lspci|dmesg|id|hostname|ps|top|echo|clear|exit|cd|mount|ip|docker|systemctl)\\b.*");

    /** Lines that begin an output of their own. */
    private static final Pattern BEGINS = Pattern.compile("<\\?xml .*|<!DOCTYPE nvidia_smi_log.*|<nvidia_smi_log>"
            + "|=+NVSMI LOG=+|GPU 0: .* \\(UUID: .*|\\| NVIDIA-SMI [0-9].*|Architecture: {5,}\\S+|Filesystem +.*(Use%|Avail).*"
            + "|\\s+total +used +free.*|nvcc: NVIDIA.*|Linux \\S+ [0-9]+\\.[0-9]+.*|(PRETTY_NAME|NAME)=\"?\\w.*|core file size .*"
            + "|(index|name|gpu_name|uuid|driver_version|timestamp|memory\\.total \\[MiB\\]), ?[a-z_.]+.*");

    private static final int MOST_LINES = 400_000;
    private static final int LONGEST_LINE = 4000;

    private PastedPieces() {}

    static List<PastedPiece> of(String text) {
        List<PastedPiece> pieces = new ArrayList<>();
        String command = "";
        String begun = "";
        StringBuilder said = new StringBuilder();
        for (String line : (Iterable<String>) text.lines().limit(MOST_LINES)::iterator) {
            String bounded = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
            Optional<String> typed = typed(bounded);
            if (typed.isPresent()) {
                pieces.add(new PastedPiece(command, said.toString()));
                command = typed.get();
                begun = "";
                said.setLength(0);
                continue;
            }
            String kind = kind(bounded);
            if (!kind.isEmpty() && !begun.isEmpty() && !kind.equals(begun)) {
                pieces.add(new PastedPiece(command, said.toString()));
                // Below another output the command above does not count any more, unless it was a list of commands.
                command = command.contains(";") || command.contains("&&") ? command : "";
                said.setLength(0);
            }
            begun = kind.isEmpty() ? begun : kind;
            said.append(line).append('\n');
        }
        pieces.add(new PastedPiece(command, said.toString()));
        pieces.removeIf(piece -> piece.text().isBlank());
        return pieces;
    }

    private static Optional<String> typed(String line) {
        Matcher prompt = PROMPT.matcher(line);
        if (!prompt.matches()) {
            return Optional.empty();
        }
        String command = prompt.group(1).strip();
        boolean named = line.contains("@") && line.indexOf('@') < prompt.start(1)
                || line.strip().startsWith("[");
        return named || COMMAND.matcher(command).matches() ? Optional.of(command) : Optional.empty();
    }

    /** A word for the kind of output that begins here, so that a header and the line below it are one kind. */
    private static String kind(String line) {
        if (line.length() > 400
                || !BEGINS.matcher(line.strip().startsWith("total ") ? line : line.strip())
                        .matches()) {
            return "";
        }
        String text = line.strip();
        if (text.startsWith("<")) {
            return "xml";
        }
        if (text.startsWith("PRETTY_NAME") || text.startsWith("NAME=")) {
            return "os-release";
        }
        return text.split("[ =:,]", 2)[0] + (text.startsWith("|") ? "table" : "");
    }
}
