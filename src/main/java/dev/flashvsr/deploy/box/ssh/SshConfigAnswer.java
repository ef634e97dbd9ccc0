package dev.flashvsr.deploy.box.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code ssh -G} printed: lines of a keyword in lower case and its value. ssh(1), ssh_config(5). */
final class SshConfigAnswer {
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** What reading finds empty and writing leaves alone. */
    private static final Path NOWHERE = Path.of("/dev/null");

    /** Other sources of keys, for hosts and for users. */
    private static final List<String> UNSUPPORTED = List.of("KnownHostsCommand", "VerifyHostKeyDNS", "PKCS11Provider");

    private static final Pattern PATH_BEGIN = Pattern.compile("[/~%$]");
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
                .map(name -> new SshSettings.Key(Path.of(SshTokens.HOME, ".ssh", name), false))
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

    /** {@code named}: the only file of host keys, in place of those of the configuration. */
    SshSettings settings(Optional<Path> named) {
        SshTokens tokens = new SshTokens(
                host(), asked, word("hostkeyalias").orElse(asked), user(), port(), jump().orElse(""), System.getenv());
        List<Path> known = named.map(List::of).orElseGet(() -> knownHosts(tokens));
        Path accepted = known.isEmpty() ? NOWHERE : known.get(0);
        SshSettings plain = SshSettings.of(host(), port(), user(), accepted);
        List<SshSettings.Key> keys = values.getOrDefault("identityfile", List.of()).stream()
                .filter(file -> !file.equals("none"))
                .map(file -> new SshSettings.Key(tokens.path("IdentityFile", file), false))
                .toList();
        return plain.withKeys(keys, word("identitiesonly").orElse("no").equals("yes"))
                .withCertificates(values.getOrDefault("certificatefile", List.of()).stream()
                        .map(file -> tokens.path("CertificateFile", file))
                        .toList())
                .withAgent(agent(tokens, plain.agentSocket()))
                .withKnownHosts(known.stream().skip(1).toList(), accepted)
                .withHostKeys(policy())
                .withRevokedKeys(word("revokedhostkeys").map(tokens::withoutVariables))
                .withUnsupported(unsupported())
                .withHostKeyAlias(word("hostkeyalias"))
                .withConnectTimeout(word("connecttimeout")
                        .filter(seconds -> seconds.matches("[1-9][0-9]{0,3}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(USUAL_TIMEOUT))
                .withKeepAlive(
                        KeepAlive.ofServerAlive(number("serveraliveinterval", 0), number("serveralivecountmax", 3)));
    }

    private Optional<Path> agent(SshTokens tokens, Optional<Path> usual) {
        String value = word("identityagent").orElse("SSH_AUTH_SOCK");
        if (value.equals("SSH_AUTH_SOCK")) {
            return usual;
        }
        if (value.startsWith("$") && !value.startsWith("${")) {
            return tokens.variable(value);
        }
        return value.equals("none") ? Optional.empty() : Optional.of(tokens.path("IdentityAgent", value));
    }

    /** The user's files, the first of which accepted keys go to, then those of all users, which are only read. */
    private List<Path> knownHosts(SshTokens tokens) {
        Stream<Path> own = files("userknownhostsfile").stream().map(file -> tokens.path("UserKnownHostsFile", file));
        List<Path> ofAll = files("globalknownhostsfile").stream()
                .map(tokens::withoutVariables)
                .toList();
        List<Path> users = own.toList();
        return users.isEmpty() && !ofAll.isEmpty()
                ? Stream.concat(Stream.of(NOWHERE), ofAll.stream()).toList()
                : Stream.concat(users.stream(), ofAll.stream()).toList();
    }

    private List<String> files(String key) {
        return word(key).map(SshConfigAnswer::split).orElse(List.of());
    }

    /**
     * The files in a list, which {@code ssh -G} prints without quotes: a word that does not look like the beginning of a path
     * belongs to the one before it, which has a blank in it; unless there is no such file, and one by each of the words.
     */
    static List<String> split(String list) {
        List<String> files = new ArrayList<>();
        for (String word : list.replace("\"", "").split(" ")) {
            if (files.isEmpty() || PATH_BEGIN.matcher(word).lookingAt()) {
                files.add(word);
            } else {
                files.set(files.size() - 1, files.get(files.size() - 1) + " " + word);
            }
        }
        return files.stream()
                .flatMap(file -> isSeveral(file) ? Arrays.stream(file.split(" ")) : Stream.of(file))
                .toList();
    }

    private static boolean isSeveral(String file) {
        return file.contains(" ")
                && !Files.exists(Path.of(file))
                && Arrays.stream(file.split(" ")).skip(1).allMatch(part -> Files.exists(Path.of(part)));
    }

    /** {@code no} accepts what is new, as with OpenSSH; but a key that has changed is never accepted. */
    private HostKeyPolicy policy() {
        return switch (word("stricthostkeychecking").orElse("ask")) {
            case "yes", "true" -> new HostKeyPolicy.KnownOnly();
            case "no", "off", "false", "accept-new" -> new HostKeyPolicy.AcceptNew();
            default -> new HostKeyPolicy.Ask();
        };
    }

    private List<String> unsupported() {
        return UNSUPPORTED.stream()
                .filter(keyword -> word(keyword.toLowerCase(Locale.ROOT))
                        .filter(value -> !value.equals("no") && !value.equals("false"))
                        .isPresent())
                .toList();
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
}
