package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Runs bash scripts on a box, each by one command with one framed answer, whatever the login shell and its start files. */
public final class BoxShell {
    /** The most that an answer may hold. */
    static final int ANSWER_LIMIT = 8 << 20;

    private static final Listener NOBODY = (bytes, length) -> {};
    private static final int MARK_BYTES = 16;
    private static final Duration ERROR_TAIL = Duration.ofMillis(500);

    private final Box box;
    private final RandomGenerator random;

    /** {@code random} makes the marks; a secure one, so that no output can hold them. */
    public BoxShell(Box box, RandomGenerator random) {
        this.box = box;
        this.random = random;
    }

    /** What the user calls the box. */
    public String label() {
        return box.label();
    }

    /** How long a word takes to the box and back; see {@link Box#roundTrip()}. */
    public Duration roundTrip() {
        return box.roundTrip();
    }

    /**
     * Runs a script to its end and returns what it printed, at most 8 MiB.
     *
     * @throws LinkLostException when the link broke, or the time was up
     * @throws DeployException exit status 4 when the box can't run scripts at all, naming why; 1 when the script was
     *     ended from outside or printed too much
     */
    public Answer run(BoxScript script, Payload payload, Duration limit) {
        return run(script, payload, limit, NOBODY);
    }

    /** The same, and {@code listener} is given what it prints as it comes, on this thread. */
    public Answer run(BoxScript script, Payload payload, Duration limit, Listener listener) {
        try (Command command = start(script, false)) {
            command.send(script, payload, true);
            return answer(command, script, limit, listener);
        }
    }

    /** Is given the output of a script in pieces. */
    @FunctionalInterface
    public interface Listener {
        /** The first {@code length} of {@code bytes}, which is used again when this returns. */
        void printed(byte[] bytes, int length);
    }

    /**
     * Opens a channel and sends a script and the first part of its input there; it begins at once, and waits for the rest.
     * To be closed.
     *
     * @throws LinkLostException when the link broke
     * @throws DeployException exit status 1 when the box opens no more channels
     */
    public Prepared prepare(BoxScript script, Payload first) {
        return new Prepared(script, first);
    }

    /** A script that waits on the box for the rest of its input. */
    public final class Prepared implements AutoCloseable {
        private final BoxScript script;
        private final Command command;
        private final CompletableFuture<Payload> rest = new CompletableFuture<>();

        private Prepared(BoxScript script, Payload first) {
            this.script = script;
            this.command = start(script, false);
            command.send(
                    script,
                    out -> {
                        first.writeTo(out);
                        out.flush();
                        rest.join().writeTo(out);
                    },
                    true);
        }

        /** Gives it the rest, and waits for its end as {@link BoxShell#run} does; once only. */
        public Answer run(Payload last, Duration limit) {
            rest.complete(last);
            return answer(command, script, limit, NOBODY);
        }

        /** Lets go of the channel; a script that was not run meets the end of file. */
        @Override
        public void close() {
            rest.complete(Payload.none());
            command.close();
        }
    }

    private Answer answer(Command command, BoxScript script, Duration limit, Listener listener) {
        try (Deadline deadline = new Deadline(limit, command::close)) {
            begin(command, script, deadline, limit);
            byte[] output = readAll(command, script, listener);
            OptionalInt status = command.output.status();
            if (status.isEmpty()) {
                throw deadline.passed()
                        ? lateAnswer(script, limit)
                        : ShellFailures.cutOff(label(), script, command.exit(), command.process.errorTail());
            }
            if (status.getAsInt() != 0) {
                // What it said about the failure comes on another stream, and may still be on its way.
                command.process.await(ERROR_TAIL);
            }
            return new Answer(status.getAsInt(), output, command.process.errorTail());
        }
    }

    /**
     * Starts a script and returns once it has begun; its standard input stays open.
     *
     * @param limit how long to wait for its begin
     * @throws LinkLostException when the link broke, or the time was up
     * @throws DeployException exit status 4 when the box can't run scripts at all, naming why
     */
    public BoxStream open(BoxScript script, Duration limit) {
        BoxScript compact = script.compact();
        boolean inLine = compact.bytes().length <= BootLine.SHORT;
        Command command = start(inLine ? compact : script, inLine);
        try (Deadline deadline = new Deadline(limit, command::close)) {
            if (!inLine) {
                command.send(script, Payload.none(), false);
            }
            begin(command, script, deadline, limit);
            return new BoxStream(command.process, command.output);
        } catch (RuntimeException e) {
            command.close();
            throw e;
        }
    }

    private Command start(BoxScript script, boolean inLine) {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        String mark = HexFormat.of().formatHex(bytes);
        BoxProcess process =
                box.start(inLine ? BootLine.with(mark, script.bytes()) : BootLine.of(mark, script.bytes().length));
        return new Command(process, new FramedInput(process.stdout(), mark), mark);
    }

    private void begin(Command command, BoxScript script, Deadline deadline, Duration limit) {
        StringBuilder noise = new StringBuilder();
        String word;
        try {
            word = command.output.awaitFirstWord(noise).orElse("");
        } catch (FramedInput.EndlessNoiseException e) {
            throw ShellFailures.endlessNoise(label(), noise.toString());
        } catch (IOException e) {
            throw deadline.passed() ? lateBegin(script, limit, noise) : ShellFailures.linkLost(label(), e);
        }
        if (word.isEmpty()) {
            throw deadline.passed() ? lateBegin(script, limit, noise) : noBegin(command, noise.toString());
        } else if (!word.equals("begin")) {
            throw ShellFailures.unfitBash(label(), word);
        }
    }

    private DeployException noBegin(Command command, String noise) {
        Exit exit = command.exit();
        String said = noise.isBlank() ? command.process.errorTail() : noise;
        if (exit instanceof Exit.Lost lost) {
            return new LinkLostException("The connection to " + label() + " broke: " + lost.why());
        }
        boolean silent = said.isBlank() || said.indexOf('\0') >= 0;
        return silent && new SftpQuestion(box).isAnswered()
                ? NoShell.sftpOnly(label())
                : NoShell.found(label(), exit, said).orElseGet(() -> ShellFailures.noBegin(label(), exit, said));
    }

    private byte[] readAll(Command command, BoxScript script, Listener listener) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 15];
        try {
            for (int read = command.output.read(buffer); read >= 0; read = command.output.read(buffer)) {
                answer.write(buffer, 0, read);
                listener.printed(buffer, read);
                if (answer.size() > ANSWER_LIMIT) {
                    throw new DeployException(
                            ExitCode.FAILED,
                            "The answer of " + label() + " to " + script.name() + " is larger than 8 MiB.",
                            "Look on the box for what prints so much.");
                }
            }
        } catch (IOException e) {
            // Then there is no status, and the caller says why.
        }
        return answer.toByteArray();
    }

    private LinkLostException lateBegin(BoxScript script, Duration limit, CharSequence noise) {
        return ShellFailures.lateBegin(label(), script, limit, noise.toString());
    }

    private LinkLostException lateAnswer(BoxScript script, Duration limit) {
        return new LinkLostException(
                label() + " did not end its answer to " + script.name() + " within " + limit.toSeconds() + " s.");
    }

    /** A command with the thread that feeds it. */
    private record Command(BoxProcess process, FramedInput output, String mark) implements AutoCloseable {
        /**
         * Writes on a thread of its own: while the box prints, nobody else could read. Nothing waits for the box before
         * the script goes out, which saves a round trip.
         */
        void send(BoxScript script, Payload payload, boolean close) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            OutputStream out = new BufferedOutputStream(process.stdin(), 1 << 15);
                            out.write(BootLine.sent(mark, script.bytes()));
                            payload.writeTo(out);
                            out.flush();
                            if (close) {
                                out.close();
                            }
                        } catch (IOException e) {
                            // The script ended without reading all of it, or the link is lost: the reader sees which.
                        }
                    },
                    "box stdin " + script.name());
            thread.setDaemon(true);
            thread.start();
        }

        Exit exit() {
            return process.await(Duration.ofSeconds(5));
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
