package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A box behind an SSH connection. Made by {@link SshConnector}. */
public final class SshBox implements Box {
    /** sshd's MaxSessions is 10 by default; two stay free for commands that were let go of and have not ended yet. */
    static final int CHANNELS = 8;

    private static final Duration WAIT_FOR_CHANNEL = Duration.ofMinutes(2);
    private static final int OPENINGS = 20;
    private static final long PAUSE_NANOS = 250_000_000;

    private final String label;
    private final List<SshConnector.Connection> way;
    private final SshConnector.Connection last;
    private final Semaphore channels = new Semaphore(CHANNELS, true);

    SshBox(String label, List<SshConnector.Connection> way) {
        this.label = label;
        this.way = List.copyOf(way);
        this.last = way.get(way.size() - 1);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Optional<String> hostKey() {
        return Optional.ofNullable(last.session().getHostKey())
                .map(key -> PublicKey.fingerprint(Base64.getDecoder().decode(key.getKey())));
    }

    @Override
    public BoxProcess start(String commandLine) {
        try {
            if (!channels.tryAcquire(WAIT_FOR_CHANNEL.toSeconds(), TimeUnit.SECONDS)) {
                throw new DeployException(
                        ExitCode.FAILED,
                        "All " + CHANNELS + " channels to " + label + " are taken for " + WAIT_FOR_CHANNEL.toMinutes()
                                + " minutes.",
                        "Look on the box for commands that hang.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkLostException("Interrupted while waiting for a channel to " + label + ".", e);
        }
        try {
            return open(commandLine);
        } catch (RuntimeException e) {
            channels.release();
            throw e;
        }
    }

    private BoxProcess open(String commandLine) {
        JSchException refusal = new JSchException("not tried");
        for (int i = 0; i < OPENINGS && last.link().broken().isEmpty(); i++) {
            try {
                ChannelExec channel = channel(last.session());
                return SshBoxProcess.start(channel, commandLine, last.link(), channels::release);
            } catch (JSchException e) {
                refusal = e;
                // A command that was let go of may still hold its place on the other side.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw last.link()
                .broken()
                .<DeployException>map(
                        why -> new LinkLostException("The connection to " + label + " broke: " + why + "."))
                .orElse(new DeployException(
                        ExitCode.FAILED,
                        label + " opens no more channels on this connection (" + refusal.getMessage() + ").",
                        "Wait for what runs there to end; MaxSessions in its /etc/ssh/sshd_config should be 10 or more.",
                        refusal));
    }

    private static ChannelExec channel(Session session) throws JSchException {
        // Null, not an exception, is what comes of a session that goes down.
        if (session.openChannel("exec") instanceof ChannelExec channel) {
            return channel;
        }
        throw new JSchException("session is down");
    }

    @Override
    public Duration roundTrip() {
        return last.link().roundTrip();
    }

    /** The socket is closed first, so that nothing waits for a frozen link. */
    @Override
    public void close() {
        for (int i = way.size() - 1; i >= 0; i--) {
            way.get(i).close();
        }
    }
}
