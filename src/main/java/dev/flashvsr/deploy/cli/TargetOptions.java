package dev.flashvsr.deploy.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How to reach the box. */
final class TargetOptions {
    @Option(names = "--identity", paramLabel = "FILE", description = "Private key to log in with.")
    Optional<Path> identity = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "Port of the box's SSH server.")
    Optional<Integer> port = Optional.empty();

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "File of known host keys, in place of those of the SSH configuration (default:"
                    + " ~/.ssh/known_hosts). A missing file counts as empty.")
    Optional<Path> knownHosts = Optional.empty();

    @Option(
            names = "--ssh-config",
            paramLabel = "FILE",
            description = "SSH configuration to read (default: ~/.ssh/config).")
    Optional<Path> sshConfig = Optional.empty();

    /** Without those about a host key: what was accepted is known from then on. */
    void addTo(Again again) {
        again.with("--identity", identity)
                .with("--port", port)
                .with("--known-hosts", knownHosts)
                .with("--ssh-config", sshConfig);
    }

    @ArgGroup(exclusive = true)
    HostKey hostKey = new HostKey();

    /** What to do with a host key that is not known. */
    static final class HostKey {
        @Option(
                names = "--accept-new-host-key",
                description = "Accept the key of a box, and of jump hosts on the way, that is not known yet. A changed"
                        + " key is never accepted by this.")
        boolean acceptNew;

        @Option(
                names = "--host-key",
                paramLabel = "[HOST=]SHA256:…",
                description = "Accept exactly this key of the box, also in place of a known one; with HOST= that of a"
                        + " jump host.")
        List<String> fingerprints = List.of();
    }
}
