package dev.flashvsr.deploy.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the follower on the box says, one frame at a time; the format is section 7 of docs/box-protocol.md. */
sealed interface FollowFrame {
    /** The most bytes that one frame carries. */
    int MAX_BYTES = 64 * 1024;

    /** Bytes of a file that it was asked to follow. */
    record Bytes(String path, long offset, byte[] data) implements FollowFrame {}

    /** The rest of a file was sent before this; it is not followed any more. */
    record Dropped(String path) implements FollowFrame {}

    /**
     * How the run's runner is: {@code alive}, {@code stopped} by a signal, {@code dead} without an end of the run,
     * {@code cancelled} while another process ends the run, or {@code ended} and the end that the box keeps of the run.
     */
    record Runner(String state) implements FollowFrame {
        private static final String ENDED = "ended ";

        /** Whether nobody works on the run any more, and nobody ends it. */
        boolean isDead() {
            return state.equals("dead");
        }

        boolean isStopped() {
            return state.equals("stopped");
        }

        /** {@code ok}, {@code failed} or {@code cancelled}, once the run is over. */
        Optional<String> end() {
            return state.startsWith(ENDED)
                    ? Optional.of(state.substring(ENDED.length()))
                            .filter(List.of("ok", "failed", "cancelled")::contains)
                    : Optional.empty();
        }
    }

    /** Nothing new; the box is there. */
    record Idle() implements FollowFrame {}

    /** Reads frames from a stream; what is not a frame breaks it off, since offsets can't be trusted after that. */
    final class Reader {
        private static final int MAX_HEADER = 1024;

        private final DataInputStream in;
        private final String mark;

        Reader(InputStream in, String mark) {
            this.in = new DataInputStream(in);
            this.mark = mark;
        }

        /** The next frame; empty at the end of the stream. */
        Optional<FollowFrame> next() throws IOException {
            Optional<String> header = header();
            if (header.isEmpty()) {
                return Optional.empty();
            }
            String[] words = header.get().split(" ");
            if (words.length != 4
                    || !words[0].equals(mark)
                    || !words[2].matches("[0-9]{1,18}")
                    || !words[3].matches("[0-9]{1,6}")
                    || Integer.parseInt(words[3]) > MAX_BYTES) {
                throw new IOException("the box sent something that is not a frame");
            }
            byte[] data = new byte[Integer.parseInt(words[3])];
            in.readFully(data);
            if (in.read() != '\n') {
                throw new IOException("the box sent a frame without an end");
            }
            String text = data.length <= MAX_HEADER ? new String(data, StandardCharsets.UTF_8).strip() : "";
            return Optional.of(
                    switch (words[1]) {
                        case "." -> new Idle();
                        case "@runner" -> new Runner(text);
                        case "@dropped" -> new Dropped(text);
                        default -> new Bytes(words[1], Long.parseLong(words[2]), data);
                    });
        }

        private Optional<String> header() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    if (line.isEmpty()) {
                        return Optional.empty();
                    }
                    throw new EOFException("the box's answer ended within a frame");
                }
                if (line.length() == MAX_HEADER) {
                    throw new IOException("the box sent something that is not a frame");
                }
                line.append((char) c);
            }
            return Optional.of(line.toString());
        }
    }
}
