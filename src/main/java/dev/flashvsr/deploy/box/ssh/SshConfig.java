package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/**
 * The user's SSH configuration. OpenSSH itself resolves it ({@code ssh -G}), so that Include, Match and patterns mean what
 * they mean there; without an {@code ssh} on this machine it is not read at all, and that is said.
 */
public final class SshConfig {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_JUMPS = 5;

    private final Optional<Path> file;
    private final Optional<Path> knownHosts;
    private final Optional<Path> ssh;

    /**
     * With another file than the usual ones, and another file of host keys than the configuration says, where they are named.
     *
     * @throws DeployException exit status 2 when the named file can't be read
     */
    public SshConfig(Optional<Path> file, Optional<Path> knownHosts) {
        this(file, knownHosts, LocalCommand.find("ssh"));
    }

    SshConfig(Optional<Path> file, Optional<Path> knownHosts, Optional<Path> ssh) {
        this.file = file;
        this.knownHosts = knownHosts;
        this.ssh = ssh;
        file.filter(named -> !Files.isReadable(named)).ifPresent(named -> {
            throw new DeployException(
                    ExitCode.USAGE, "The SSH configuration " + named + " can't be read.", "Check --ssh-config.");
        });
    }

    /**
     * What the configuration says of a host; what is given here wins over it.
     *
     * @param label what the user calls it
     * @param host a name, an address or an alias of the configuration
     * @throws DeployException exit status 3 when it asks for what this program can't do
     */
    public SshSettings resolve(String label, String host, Optional<String> user, OptionalInt port) {
        return resolve(label, host, user, port, MOST_JUMPS);
    }

    private SshSettings resolve(String label, String host, Optional<String> user, OptionalInt port, int depth) {
        if (ssh.isEmpty()) {
            LoggerFactory.getLogger(SshConfig.class)
                    .warn("There is no ssh on this machine, so ~/.ssh/config is not read: {} is taken as it is.", host);
            Path usual = Path.of(SshTokens.HOME, ".ssh", "known_hosts");
            Path known = knownHosts.orElse(usual);
            return SshSettings.of(host, port.orElse(22), user.orElse(System.getProperty("user.name")), known)
                    .withKnownHosts(List.of(), known)
                    .withKeys(SshConfigAnswer.usualKeys(), false)
                    .withLabel(label);
        }
        SshConfigAnswer answer = SshConfigAnswer.parse(ask(ssh.get(), host, user, port), host);
        List<SshSettings> jumps = jumps(answer, depth);
        return answer.settings(knownHosts).withLabel(label).withJumps(jumps);
    }

    private String ask(Path program, String host, Optional<String> user, OptionalInt port) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-G"));
        file.ifPresent(named -> command.addAll(List.of("-F", named.toString())));
        user.ifPresent(name -> command.addAll(List.of("-l", name)));
        port.ifPresent(number -> command.addAll(List.of("-p", String.valueOf(number))));
        command.addAll(List.of("--", host));
        LocalResult result = LocalCommand.of(command.toArray(String[]::new)).run(LIMIT);
        if (!result.ok()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "The SSH configuration is invalid for " + host + ": "
                            + result.error().strip(),
                    "Correct ~/.ssh/config, or name another file with --ssh-config.");
        }
        return result.output();
    }

    private List<SshSettings> jumps(SshConfigAnswer answer, int depth) {
        List<SshSettings> jumps = new ArrayList<>();
        for (JumpHost jump : answer.jumps()) {
            if (depth == 0) {
                throw SshFailures.unsupported(
                        "ProxyJump of " + jump.host() + " leads through too many hosts.",
                        "Look for a circle in the SSH configuration.");
            }
            SshSettings settings = resolve(jump.host(), jump.host(), jump.user(), jump.port(), depth - 1);
            // As with ssh, only the way to the first one is taken from its own settings.
            if (jumps.isEmpty()) {
                jumps.addAll(settings.jumps());
            }
            jumps.add(settings.withJumps(List.of()));
        }
        return jumps;
    }
}
