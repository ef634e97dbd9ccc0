package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a person typed, or one that stands in its place, such as a heading above an output.
 *
 * @param host the machine that it was typed on, or that it was sent to; empty where the line does not tell
 * @param command what was typed; may be empty
 * @param windows whether the prompt is one of Windows, and the command ran there
 */
record Prompt(Optional<String> host, String command, boolean windows) {
    private static final String TOOLS =
            "nvidia-smi(?:\\.exe)?|lscpu|free|df|cat|uname|arch|nvcc|ulimit|lsb_release|nproc|python3?|hostnamectl|ls|lsblk|uptime"
                    + "|lspci|dmesg|journalctl|id|hostname|ps|top|echo|clear|exit|cd|mount|ip|docker|systemctl|ssh|ldd|getconf|for|watch|kubectl|srun";

    /** {@code user@host:~$ } and its like, also of zsh and fish. */
    private static final Pattern NAMED = Pattern.compile(
            "\\s{0,4}(?:\\([^)\\s]{1,40}\\) ?){0,3}[\\w.+-]{1,40}+@([\\w.-]{1,80}+)[: ]?+[^$#>%|\\s]{0,100}+\\s?[$#>%❯]\\s*(.*)");

    /** {@code [user@host dir]# }, {@code [host dir]# }. */
    private static final Pattern BRACKETED = Pattern.compile(
            "\\s{0,4}(?:\\([^)\\s]{1,40}\\) ?){0,3}\\[(?:[\\w.+-]{1,40}@)?([\\w.-]{1,80})(?: [^\\]]{0,80})?\\]\\s?[$#>%]\\s*(.*)");

    private static final Pattern WINDOWS = Pattern.compile("\\s{0,4}(?:PS )?[A-Za-z]:\\\\[^>|<]{0,200}>\\s?(.*)");

    /** {@code $ }, {@code # }, {@code sh-5.1# }, {@code host:~ # }, {@code ➜  ~ }, {@code !} of a notebook. */
    private static final Pattern BARE = Pattern.compile(
            "\\s{0,4}(?:\\([^)\\s]{1,40}\\) ?)?(?:(?:(?:ba|z|k)?sh-[0-9.]{1,8}|([\\w.-]{1,60}):[~/][^\\s$#>%|]{0,80}|└─)?\\s?[$#>%❯!]|➜ {1,2}\\S{1,60})\\s*(\\S.{0,2000})");

    private static final Pattern KNOWN =
            Pattern.compile("(?:(?:sudo|time|env|command) |LC_ALL=\\S{1,40} |LANG=\\S{1,40} ){0,3}(?:/\\S{0,80}/)?(?:"
                    + TOOLS + ")\\b.*");

    /** A command and its options alone, perhaps marked up as a heading. */
    private static final Pattern ALONE = Pattern.compile(
            "[#*`=_\\s-]{0,30}((?:sudo |LC_ALL=\\S{1,40} |LANG=\\S{1,40} ){0,2}(?:nvidia-smi|lscpu|free|df|uname|arch|nvcc"
                    + "|ulimit|nproc|python3?|lsb_release|hostnamectl|dmesg|ldd|id|cat (?=/))(?: {1,3}[-/][^\\s|`*]{1,200}){0,8}(?: \\| .{1,200})?)[*`=_:\\s-]{0,30}");

    private static final Pattern HEADING = Pattern.compile(
            "(?iu)[^\\p{L}\\d]{0,12}((?:host(?:name)?|server|machine|node|box|instance|vm|pod|option|offer|сервер|машина|узел|нода|хост|вариант|бокс)"
                    + "\\s?[:#№-]?\\s?[\\w.@-]{1,40})[^\\p{L}\\d]{0,12}");

    /** {@code node-a | CHANGED | rc=0 >>} of Ansible, {@code ==> node-a <==}. */
    private static final Pattern SENT =
            Pattern.compile("([\\w.-]{1,80}) \\| (?:CHANGED|SUCCESS|FAILED)[^>]{0,40}>>|==> ([\\w.-]{1,80}) <==");

    private static final Set<String> WITH_VALUE =
            Set.of("-p", "-i", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-m", "-S", "-W", "-w");

    /** Empty where the line is an output. */
    static Optional<Prompt> of(String line) {
        if (line.length() > 2400 || line.isBlank()) {
            return Optional.empty();
        }
        for (Pattern pattern : List.of(NAMED, BRACKETED)) {
            Matcher named = pattern.matcher(line);
            if (line.indexOf(pattern == NAMED ? '@' : '[') >= 0 && named.matches()) {
                return Optional.of(
                        sent(Optional.of(named.group(1)), named.group(2).strip()));
            }
        }
        Matcher windows = WINDOWS.matcher(line);
        if (line.contains(":\\") && windows.matches()) {
            String command = windows.group(1).strip();
            return Optional.of(
                    new Prompt(Optional.empty(), command, !command.matches("(wsl|ssh|docker|bash)(\\.exe)?( .*)?")));
        }
        Matcher alone = ALONE.matcher(line);
        if (alone.matches()) {
            return Optional.of(new Prompt(Optional.empty(), alone.group(1).strip(), false));
        }
        Matcher bare = BARE.matcher(line);
        if (bare.matches() && KNOWN.matcher(bare.group(2)).matches()) {
            return Optional.of(
                    sent(Optional.ofNullable(bare.group(1)), bare.group(2).strip()));
        }
        return heading(line);
    }

    private static Optional<Prompt> heading(String line) {
        Matcher sent = SENT.matcher(line.strip());
        if (sent.matches()) {
            return Optional.of(new Prompt(
                    Optional.ofNullable(sent.group(1)).or(() -> Optional.ofNullable(sent.group(2))), "", false));
        }
        Matcher heading = HEADING.matcher(line);
        return line.length() < 80 && heading.matches()
                ? Optional.of(new Prompt(Optional.of(heading.group(1).strip()), "", false))
                : Optional.empty();
    }

    /** A command that ssh sends to another machine tells of that one. */
    private static Prompt sent(Optional<String> host, String command) {
        if (!command.startsWith("ssh ")) {
            return new Prompt(host, command, false);
        }
        String[] words = command.split("\\s+", 40);
        int at = 1;
        while (at < words.length && words[at].startsWith("-")) {
            at += WITH_VALUE.contains(words[at]) ? 2 : 1;
        }
        if (at + 1 >= words.length) {
            return new Prompt(host, command, false);
        }
        String target = words[at].substring(words[at].indexOf('@') + 1);
        String rest = command.substring(command.indexOf(words[at]) + words[at].length());
        return new Prompt(Optional.of(target), rest.strip().replaceAll("^['\"]|['\"]$", ""), false);
    }
}
