package dev.flashvsr.deploy.box.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands file names of the SSH configuration, which {@code ssh -G} prints as they were written: {@code ~},
 * <code>${VARIABLE}</code> and percent tokens. ssh_config(5), sections TOKENS and ENVIRONMENT VARIABLES.
 *
 * @param host the host's real name
 * @param asked the name that was asked for
 * @param alias the name that its key is known under
 * @param jumps the value of ProxyJump
 */
record SshTokens(
        String host, String asked, String alias, String user, int port, String jumps, Map<String, String> environment) {
    static final String HOME = System.getProperty("user.home", ".");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    /** A file name with all expanded. */
    Path path(String keyword, String value) {
        return Path.of(tokens(variables(keyword, home(value))));
    }

    /** As {@link #path}, of a keyword in which OpenSSH expands no variables. */
    Path withoutVariables(String value) {
        return Path.of(tokens(home(value)));
    }

    /** The value of {@code $VARIABLE}, which {@code IdentityAgent} may name; a variable that is not set names no agent. */
    Optional<Path> variable(String value) {
        return Optional.ofNullable(environment.get(value.substring(1)))
                .filter(set -> !set.isEmpty())
                .map(Path::of);
    }

    private String variables(String keyword, String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String set = environment.get(found.group(1));
            if (set == null) {
                throw SshFailures.unsupported(
                        "The SSH configuration for " + asked + " sets " + keyword + " " + text + ", but the variable "
                                + found.group(1) + " is not set.",
                        "Set it, or correct the SSH configuration.");
            }
            return Matcher.quoteReplacement(set);
        });
    }

    private static String home(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return HOME + text.substring(1);
        }
        if (!text.startsWith("~")) {
            return text;
        }
        int slash = text.indexOf('/');
        String name = slash < 0 ? text.substring(1) : text.substring(1, slash);
        return homeOf(name)
                .map(home -> home + (slash < 0 ? "" : text.substring(slash)))
                .orElse(text);
    }

    private static Optional<String> homeOf(String name) {
        try (var lines = Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 5 && fields[0].equals(name))
                    .map(fields -> fields[5])
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private String tokens(String text) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%' || i + 1 == text.length()) {
                path.append(text.charAt(i));
                continue;
            }
            i++;
            path.append(token(text.charAt(i)));
        }
        return path.toString();
    }

    private String token(char letter) {
        return switch (letter) {
            case '%' -> "%";
            case 'C' -> hash(localHost() + host + port + user + jumps);
            case 'd' -> HOME;
            case 'h' -> host;
            case 'i' -> uid();
            case 'j' -> jumps;
            case 'k' -> alias;
            case 'L' -> localHost().replaceFirst("\\..*", "");
            case 'l' -> localHost();
            case 'n' -> asked;
            case 'p' -> String.valueOf(port);
            case 'r' -> user;
            case 'u' -> System.getProperty("user.name");
            default -> "%" + letter;
        };
    }

    /** OpenSSH made it of SHA-1: it only names files. */
    private static String hash(String connection) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(connection.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String uid() {
        try {
            Path own = Path.of("/proc/self");
            return String.valueOf(Files.getAttribute(Files.exists(own) ? own : Path.of(HOME), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "%i";
        }
    }
}
