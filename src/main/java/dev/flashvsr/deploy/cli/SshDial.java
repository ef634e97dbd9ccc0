package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.ssh.HostKeyChoice;
import dev.flashvsr.deploy.box.ssh.Prompt;
import dev.flashvsr.deploy.box.ssh.SshConfig;
import dev.flashvsr.deploy.box.ssh.SshConnector;
import dev.flashvsr.deploy.box.ssh.SshSettings;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.inventory.Target;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.rehearsal.RehearsalBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The way to a box by SSH: the user's SSH configuration, with what the inventory and the options say over it. */
final class SshDial {
    private SshDial() {}

    static Dial to(Target.Remote remote, TargetOptions options, Prompt person) {
        SshSettings settings = settings(remote, options);
        return () -> SshConnector.connect(settings, person);
    }

    /** To the box of a rehearsal: its own key, its own host key, nothing of the user's configuration. */
    static Dial to(RehearsalBox box) {
        SshSettings settings = SshSettings.of(box.host(), box.port(), box.user(), box.knownHosts())
                .withLabel("rehearsal")
                .withKnownHosts(List.of(), box.knownHosts())
                .withIdentity(box.identity())
                .withAgent(Optional.empty());
        return () -> SshConnector.connect(settings, Prompt.nobody());
    }

    private static SshSettings settings(Target.Remote remote, TargetOptions options) {
        options.port.filter(port -> port < 1 || port > 65_535).ifPresent(port -> {
            throw new DeployException(
                    ExitCode.USAGE, "--port " + port + " is no port.", "A port is a number from 1 to 65535.");
        });
        OptionalInt port = options.port.map(OptionalInt::of).orElse(remote.port());
        SshSettings resolved = new SshConfig(options.sshConfig, options.knownHosts)
                .resolve(remote.name(), remote.host(), remote.user(), port);
        Optional<Path> identity = options.identity.or(() -> remote.identity().map(SshDial::file));
        HostKeyChoice choice = HostKeyChoice.of(options.hostKey.acceptNew, options.hostKey.fingerprints);
        return choice.over(identity.map(resolved::withIdentity).orElse(resolved));
    }

    private static Path file(String written) {
        return written.startsWith("~/") ? home(written.substring(2)) : Path.of(written);
    }

    private static Path home(String first, String... more) {
        return Path.of(System.getProperty("user.home", ".")).resolve(Path.of(first, more));
    }
}
