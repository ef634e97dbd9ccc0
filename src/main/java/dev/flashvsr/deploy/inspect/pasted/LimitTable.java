package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ulimit} prints: bash names each limit's letter in brackets, zsh in front; a single one is told by the command. */
final class LimitTable {
    private static final String VALUE = "[0-9]{1,18}|unlimited|hard|soft|[^\\s0-9()]{4,20}";

    /** A line of a limit. */
    static final String ROW = "\\S.{2,60}\\((?:[^()]{1,60}, )?-[a-zA-Z]\\)\\s+(?:" + VALUE + ")\\s*"
            + "|-[a-zA-Z]: .{2,60}\\s(?:[0-9]{1,18}|unlimited)\\s*|max user processes\\s+.*|open files\\s+.*";

    private static final Pattern BASH = Pattern.compile(".*\\((?:[^()]{1,60}, )?-([a-zA-Z])\\)\\s+(\\S{1,30})\\s*");
    private static final Pattern ZSH = Pattern.compile("-([a-zA-Z]): .*\\s(\\S{1,30})\\s*");
    private static final Pattern ASKED = Pattern.compile("ulimit(?: -[SH])? -[SH]?([a-zA-Z])\\b.*");

    private LimitTable() {}

    /** As the probe pids.limits prints it; empty where the number of processes is not among them. */
    static Optional<String> asPidsLimits(List<String> lines, String command) {
        Map<String, String> limits = new TreeMap<>();
        Matcher asked = ASKED.matcher(command);
        for (String line : lines) {
            Matcher bash = BASH.matcher(line);
            Matcher zsh = ZSH.matcher(line);
            if (bash.matches()) {
                limits.put(bash.group(1), value(bash.group(2)));
            } else if (zsh.matches()) {
                limits.put(zsh.group(1), value(zsh.group(2)));
            } else if (asked.matches()) {
                limits.put(asked.group(1), value(line.strip()));
            }
        }
        return Optional.ofNullable(limits.get("u"))
                .map(processes -> String.format(
                        Locale.ROOT,
                        "ulimit|u=%s|n=%s|v=%s%n",
                        processes,
                        limits.getOrDefault("n", ""),
                        limits.getOrDefault("v", "")));
    }

    private static String value(String printed) {
        return printed.matches("[0-9]+") ? printed : "unlimited";
    }
}
