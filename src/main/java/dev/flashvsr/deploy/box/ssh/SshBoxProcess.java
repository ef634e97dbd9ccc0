package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.Exit;
import dev.flashvsr.deploy.box.Spool;
import dev.flashvsr.deploy.box.Tail;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A command on one channel. JSch's reader thread, which serves all channels, writes what comes to sinks that never wait. */
final class SshBoxProcess implements BoxProcess {
    private final ChannelExec channel;
    private final Link link;
    private final Runnable release;
    private final Spool output = new Spool();
    private final Tail error = new Tail();
    private final CommandInput input;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile long commandSent;

    private SshBoxProcess(ChannelExec channel, Link link, Runnable release) throws JSchException {
        this.channel = channel;
        this.link = link;
        this.release = release;
        // All before connect(), or early data is lost.
        channel.setOutputStream(new OutputSink());
        channel.setErrStream(new ErrorSink());
        try {
            this.input = new CommandInput(channel.getOutputStream(), this::inputTaken);
        } catch (IOException e) {
            throw new JSchException("no input stream", e);
        }
    }

    /**
     * Opens the channel and sends the command. Whether the server takes it is not waited for, which saves a round trip
     * (with a time limit JSch would ask for that answer): one that refuses shows by an answer that does not begin. Three
     * remain for a script that comes as input: to open the channel, to start the command, and for the script itself,
     * because OpenSSH takes no input before it has started the command.
     */
    static SshBoxProcess start(ChannelExec channel, String commandLine, Link link, Runnable release)
            throws JSchException {
        SshBoxProcess process = new SshBoxProcess(channel, link, release);
        channel.setCommand(commandLine);
        long began = System.nanoTime();
        channel.connect();
        link.answered(began);
        process.commandSent = System.nanoTime();
        return process;
    }

    /**
     * OpenSSH makes room for input when it has started the command. That tells the length of the way better than the first
     * opening of a channel, which it holds back for up to 40 ms: only then it sends without delay. From servers that make
     * room at the opening nothing is learnt here.
     */
    private void inputTaken() {
        link.answered(commandSent);
    }

    @Override
    public OutputStream stdin() {
        return input;
    }

    @Override
    public InputStream stdout() {
        return output;
    }

    @Override
    public String errorTail() {
        return error.text();
    }

    @Override
    public Exit await(Duration limit) {
        try {
            boolean over = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            // A child in the background holds the channel open after the command's own end.
            if (channel.getExitStatus() >= 0) {
                return new Exit.Exited(channel.getExitStatus());
            }
            String signal = channel.getExitSignal();
            if (signal != null && !signal.isEmpty()) {
                return new Exit.Signalled(signal);
            }
            return new Exit.Lost(
                    over
                            ? link.broken()
                                    .orElse(
                                            "the server refused the command, or closed its channel without saying how it ended (a"
                                                    + " gateway that opens only terminals, or no process left there)")
                            : "it did not end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Exit.Lost("interrupted");
        }
    }

    /** Says goodbye on a thread of its own: on a frozen link it would wait until the link watch closes the socket. */
    @Override
    public void close() {
        try {
            output.close();
        } catch (IOException e) {
            // The temporary file is of no more use in any case.
        }
        if (ended.getCount() == 0) {
            release();
            return;
        }
        LinkWatch.daemon()
                .newThread(() -> {
                    input.shut();
                    channel.disconnect();
                    release();
                })
                .start();
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }

    /** No exception may leave a sink: one from standard error would end the whole session. */
    private final class OutputSink extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                output.append(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                output.fail(new IOException("can't keep what the box prints: " + e.getMessage(), e));
                SshBoxProcess.this.close();
            }
        }

        /** The command has closed its output; its CLOSE follows at once, so nothing more is sent to it. */
        @Override
        public void close() {
            link.broken().ifPresentOrElse(why -> output.fail(new IOException(why)), output::end);
            input.shut();
        }
    }

    /** JSch closes it when the channel is closed; the exit status, where there is one, has come before that. */
    private final class ErrorSink extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            error.append(bytes, offset, length);
        }

        @Override
        public void close() {
            ended.countDown();
            release();
        }
    }
}
