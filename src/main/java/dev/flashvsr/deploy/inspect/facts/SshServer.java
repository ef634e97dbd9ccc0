package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SSH server (probe {@code ssh.server}) and this user's keys ({@code user.home}).
 *
 * @param settings by their names in small letters; the first of each counts, as for sshd
 * @param sftp path of its sftp server, where one is installed
 * @param parent what runs this session, such as {@code sshd} or {@code dropbear}; a gateway hides it
 * @param writableKeys whether this user may change its authorized_keys
 * @param keys how many are in it
 */
public record SshServer(
        Map<String, String> settings, Optional<String> sftp, Optional<String> parent, boolean writableKeys, long keys) {
    /** Keeps a copy. */
    public SshServer {
        settings = Map.copyOf(settings);
    }

    /** Empty where the probe said nothing at all. */
    public static Optional<SshServer> of(Evidence evidence) {
        if (evidence.text("ssh.server").isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = ProbeText.lines(evidence, "ssh.server");
        List<String> home = ProbeText.lines(evidence, "user.home");
        List<String> writable = ProbeText.values(home, "writable");
        Map<String, String> settings = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split("\\s+", 2);
            if (words.length == 2 && words[0].matches("[A-Za-z]{1,40}")) {
                settings.putIfAbsent(words[0].toLowerCase(Locale.ROOT), words[1]);
            }
        }
        return Optional.of(new SshServer(
                settings,
                ProbeText.value(lines, "sftp"),
                ProbeText.value(lines, "parent"),
                writable.contains("authorized_keys") || writable.contains(".ssh") || writable.contains("home"),
                ProbeText.value(home, "keys")
                        .map(ProbeText::number)
                        .map(n -> n.orElse(0))
                        .orElse(0L)));
    }
}
