package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.box.Said;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why a box could not be reached or logged in to, and what to do about it: always exit status 3. */
final class SshFailures {
    private static final Pattern METHODS = Pattern.compile("for methods '([^']*)'");

    /** What OpenSSH no longer offers by itself either. */
    private static final Pattern OLD =
            Pattern.compile("sha1|md5|cbc|arcfour|ssh-rsa$|ssh-dss|group1-|^none$|^ext-info|^kex-strict|ripemd");

    private SshFailures() {}

    /** No TCP connection. */
    static DeployException noConnection(SshSettings settings, IOException cause) {
        String where = settings.host() + " port " + settings.port();
        if (cause instanceof UnknownHostException) {
            return unreachable(
                    "There is no host by the name " + settings.host() + ".",
                    "Check the spelling, or whether this machine's name lookup works.",
                    cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return unreachable(
                    where + " did not answer within "
                            + settings.connectTimeout().toSeconds() + " s.",
                    "Check that the box runs, and its address and port; a firewall may also drop the packets.",
                    cause);
        }
        if (cause instanceof NoRouteToHostException) {
            return unreachable("There is no way to " + where + ".", "Check the address and your network.", cause);
        }
        if (cause instanceof ConnectException) {
            return unreachable(
                    where + " refuses the connection: nothing listens there.",
                    "Check the port (rented boxes rarely use 22: the provider's page shows it), and that the box has"
                            + " finished starting.",
                    cause);
        }
        return unreachable("Can't connect to " + where + ": " + cause.getMessage(), "Check your network.", cause);
    }

    /** The connection stands, but no session came of it. */
    static DeployException noSession(
            SshSettings settings, JSchException cause, LoginDialog dialog, OfferedKeys keys, Link link) {
        String message = String.valueOf(cause.getMessage());
        if (link.givenUp().isPresent()) {
            return unreachable(
                    settings.label() + " was given up: " + link.givenUp().get() + ".",
                    "Check that the port is the one of the SSH server, and look at the box from the provider's side.",
                    cause);
        }
        if (cause instanceof JSchAlgoNegoFailException nego) {
            return noCommonAlgorithm(settings, nego);
        }
        if (message.contains("Auth fail")
                || message.contains("Auth cancel")
                || message.contains("USERAUTH")
                || message.contains("passphrase")) {
            return refused(settings, message, dialog, keys, cause);
        }
        if (message.contains("Too many authentication failures")) {
            return unreachable(
                    settings.label() + " hung up after too many refused keys: tried " + tried(keys, dialog.passwords())
                            + ".",
                    "Name the right key with --identity FILE. To log in by a password, name any one key: no other is tried before it.",
                    cause);
        }
        if (hasCause(cause, SocketTimeoutException.class)) {
            return unreachable(
                    settings.label() + " took the connection, but did not answer as an SSH server within "
                            + settings.connectTimeout().toSeconds() + " s.",
                    "Check that the port is the one of the SSH server; a box that is overloaded needs another try later.",
                    cause);
        }
        if (hasCause(cause, IOException.class)) {
            return unreachable(
                    "The connection to " + settings.label() + " broke before the login was done: "
                            + Said.line(String.valueOf(rootOf(cause).getMessage())) + ".",
                    "Try again. If it stays so, check that the port is the one of an SSH server; one that is asked too"
                            + " often hangs up for a while.",
                    cause);
        }
        return unreachable(
                "No SSH session with " + settings.label() + ": " + Said.line(message)
                        + link.broken().map(why -> " (" + why + ")").orElse(""),
                "Check that the port is the one of an SSH server. If it works with ssh, try again: a server that is"
                        + " asked too often hangs up for a while.",
                cause);
    }

    private static DeployException refused(
            SshSettings settings, String message, LoginDialog dialog, OfferedKeys keys, JSchException cause) {
        Optional<String> locked = dialog.keyWithoutPassphrase();
        if (locked.isPresent()) {
            boolean putty = KeyFile.read(Path.of(locked.get())).kind() == KeyFile.Kind.PUTTY;
            return new LoginRefusedException(
                    "The key " + locked.get() + " needs its passphrase, and none that fits was given.",
                    "Run it in a terminal, or hand the key to your agent first: "
                            + (putty
                                    ? "puttygen " + locked.get() + " -O private-openssh -o " + locked.get()
                                            + ".openssh, then ssh-add " + locked.get() + ".openssh (ssh-add does not"
                                            + " read PuTTY's form)"
                                    : "ssh-add " + locked.get()),
                    cause);
        }
        Matcher methods = METHODS.matcher(message);
        String accepted = methods.find() ? Said.line(methods.group(1)) : "";
        Optional<String> signed = keys.lastSigned();
        if (signed.isPresent() && !accepted.isEmpty() && !accepted.contains("publickey")) {
            return secondFactor(settings, signed.get(), accepted, cause);
        }
        return new LoginRefusedException(
                settings.label() + " refuses the login of " + settings.user() + ": tried "
                        + tried(keys, dialog.passwords())
                        + (accepted.isEmpty() ? "" : "; it accepts " + accepted) + "." + notTried(settings, keys),
                advice(keys),
                cause);
    }

    /** A server takes a key off the list of what it accepts when it has accepted one, and asks for more. */
    private static DeployException secondFactor(SshSettings settings, String key, String more, JSchException cause) {
        return new LoginRefusedException(
                settings.label() + " accepted the key " + key + " of " + settings.user()
                        + ", but asks for a second factor (" + more + "), which this program can't give it: of what a"
                        + " server asks it answers only a password.",
                "The key is right. Let the box take it alone: AuthenticationMethods publickey in its /etc/ssh/sshd_config,"
                        + " for this user (Match User); or log in as a user who needs no second factor. A password as"
                        + " second factor is asked for in a terminal.",
                cause);
    }

    private static String advice(OfferedKeys keys) {
        List<String> expired = keys.expired(Instant.now());
        if (!expired.isEmpty()) {
            return "The certificate " + expired.get(0) + " has expired: have it issued anew.";
        }
        String usual = "Check the user name. Name the right key with --identity FILE; its .pub file must be a line of"
                + " ~/.ssh/authorized_keys on the box (most providers have a form for it).";
        return keys.unusable().stream()
                .findFirst()
                .map(unusable -> unusable.remedy() + " Else: " + usual)
                .orElse(usual);
    }

    /** What a person may believe was tried. */
    private static String notTried(SshSettings settings, OfferedKeys keys) {
        StringBuilder text = new StringBuilder();
        if (!keys.unusable().isEmpty()) {
            text.append(" Not usable: ")
                    .append(keys.unusable().stream()
                            .map(OfferedKeys.Unusable::what)
                            .collect(Collectors.joining(", ")))
                    .append('.');
        }
        if (!keys.notShown().isEmpty() && !keys.shown().isEmpty()) {
            text.append(" Not tried: ")
                    .append(String.join(", ", keys.notShown()))
                    .append('.');
        }
        if (settings.unsupported().contains("PKCS11Provider")) {
            text.append(
                    " The SSH configuration sets PKCS11Provider, which this program does not use: hand its keys to your"
                            + " agent (ssh-add -s).");
        }
        return text.toString();
    }

    private static DeployException noCommonAlgorithm(SshSettings settings, JSchAlgoNegoFailException nego) {
        String offered = String.valueOf(nego.getServerProposal());
        boolean old = Arrays.stream(offered.split(","))
                .allMatch(name -> OLD.matcher(name).find());
        String keyword = switch (nego.getAlgorithmName()) {
            case "kex" -> "KexAlgorithms";
            case "server_host_key" -> "HostKeyAlgorithms (and HostKey)";
            case "mac.c2s", "mac.s2c" -> "MACs";
            default -> nego.getAlgorithmName().startsWith("cipher") ? "Ciphers" : nego.getAlgorithmName();
        };
        return new LoginRefusedException(
                settings.label() + " and this program have no " + nego.getAlgorithmName()
                        + " algorithm in common; it offers " + Said.line(offered) + ".",
                old
                        ? "Its SSH server is very old, and what it offers is no longer safe: update it."
                        : "Let its SSH server take one of these, too, by " + keyword + " in its /etc/ssh/sshd_config: "
                                + nego.getJSchProposal().replaceAll(",(ext-info|kex-strict)[^,]*", "") + ".",
                nego);
    }

    private static String tried(OfferedKeys keys, int passwords) {
        String files = keys.shown().isEmpty() ? "no key" : "the keys " + String.join(", ", keys.shown());
        if (keys.shown().isEmpty() && keys.notShown().isEmpty()) {
            files += " (none was found)";
        }
        if (keys.leftOut() > 0) {
            files += " (and left out " + keys.leftOut() + " more of the agent: servers hang up after six)";
        }
        return passwords == 0 ? files : files + ", and " + passwords + (passwords == 1 ? " password" : " passwords");
    }

    /** The failure of a later host on the way that the first one refused to open. */
    static DeployException jumpFailed(SshSettings jump, SshSettings target, Exception cause) {
        return unreachable(
                "The jump host " + jump.label() + " can't connect to " + target.host() + " port " + target.port() + ".",
                "Check the address as that host sees it, and that it allows TCP forwarding.",
                cause);
    }

    /** The configuration asks for what this program can't do. */
    static DeployException unsupported(String what, String next) {
        return new LoginRefusedException(what, next);
    }

    private static boolean hasCause(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static DeployException unreachable(String what, String next, Exception cause) {
        return new DeployException(ExitCode.UNREACHABLE, what, next, cause);
    }
}
