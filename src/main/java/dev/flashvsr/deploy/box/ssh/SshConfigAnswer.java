package dev.flashvsr.deploy.box.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code ssh -G} printed: lines of a keyword in lower case and its value. ssh(1), ssh_config(5). */
final class SshConfigAnswer {
    private static final String HOME = System.getProperty("user.home");
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(15);

    private final Map<String, List<String>> values = new HashMap<>();
    private final String asked;

    private SshConfigAnswer(String asked) {
        this.asked = asked;
    }

    static SshConfigAnswer parse(String printed, String asked) {
        SshConfigAnswer answer = new SshConfigAnswer(asked);
        printed.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            if (words.length == 2) {
                answer.values
                        .computeIfAbsent(words[0].toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(words[1].strip());
            }
        });
        return answer;
    }

    /** The keys that ssh looks for when none is named. */
    static List<SshSettings.Key> usualKeys() {
        return USUAL_KEYS.stream()
                .map(name -> new SshSettings.Key(Path.of(HOME, ".ssh", name), false))
                .toList();
    }

    List<JumpHost> jumps() {
        if (jump().isEmpty() && word("proxycommand").isPresent()) {
            throw SshFailures.unsupported(
                    "The SSH configuration reaches " + asked + " by a ProxyCommand, which this program can't use.",
                    "Use ProxyJump in its place, or a direct address.");
        }
        return jump().map(list ->
                        Arrays.stream(list.split(",")).map(JumpHost::parse).toList())
                .orElse(List.of());
    }

    SshSettings settings(Path acceptedKeys) {
        SshSettings plain = SshSettings.of(host(), port(), user(), acceptedKeys);
        List<SshSettings.Key> keys = values.getOrDefault("identityfile", List.of()).stream()
                .map(file -> new SshSettings.Key(path(file), false))
                .toList();
        List<Path> known = Stream.of("userknownhostsfile", "globalknownhostsfile")
                .flatMap(key -> word(key).stream())
                .flatMap(files -> Arrays.stream(files.split(" ")))
                .map(this::path)
                .toList();
        Optional<Path> agent = switch (word("identityagent").orElse("SSH_AUTH_SOCK")) {
            case "SSH_AUTH_SOCK" -> plain.agentSocket();
            case "none" -> Optional.empty();
            default -> word("identityagent").map(this::path);
        };
        return plain.withKeys(keys, word("identitiesonly").orElse("no").equals("yes"))
                .withAgent(agent)
                .withKnownHosts(known, acceptedKeys)
                .withHostKeyAlias(word("hostkeyalias"))
                .withConnectTimeout(word("connecttimeout")
                        .filter(seconds -> seconds.matches("[1-9][0-9]{0,3}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(USUAL_TIMEOUT))
                .withKeepAlive(
                        KeepAlive.ofServerAlive(number("serveraliveinterval", 0), number("serveralivecountmax", 3)));
    }

    private long number(String key, long otherwise) {
        return word(key)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(otherwise);
    }

    private Optional<String> jump() {
        return word("proxyjump");
    }

    private String host() {
        return word("hostname").orElse(asked);
    }

    private String user() {
        return word("user").orElse(System.getProperty("user.name"));
    }

    private int port() {
        return word("port").map(Integer::parseInt).orElse(22);
    }

    private Optional<String> word(String key) {
        return values.getOrDefault(key, List.of()).stream()
                .findFirst()
                .filter(value -> !value.isEmpty() && (key.equals("identityagent") || !value.equals("none")));
    }

    /** {@code ~} and percent tokens come back unexpanded. ssh_config(5), section TOKENS. */
    private Path path(String value) {
        StringBuilder path = new StringBuilder();
        String text = value.startsWith("~/") ? HOME + value.substring(1) : value;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%' || i + 1 == text.length()) {
                path.append(text.charAt(i));
                continue;
            }
            i++;
            path.append(
                    switch (text.charAt(i)) {
                        case 'd' -> HOME;
                        case 'h' -> host();
                        case 'u' -> System.getProperty("user.name");
                        case 'r' -> user();
                        case 'p' -> String.valueOf(port());
                        case 'n' -> asked;
                        case '%' -> "%";
                        default -> "%" + text.charAt(i);
                    });
        }
        return Path.of(path.toString());
    }
}
