package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.VisibleStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output, which knows whether all of it was taken: a {@link PrintStream} keeps quiet about that, and a report on a
 * full disk would end as if it were whole.
 */
final class StandardOutput extends OutputStream {
    private static final StandardOutput PROCESS = new StandardOutput(new FileOutputStream(FileDescriptor.out));

    private final OutputStream to;
    private volatile Optional<String> trouble = Optional.empty();

    private StandardOutput(OutputStream to) {
        this.to = to;
    }

    /** UTF-8, each line at once. */
    static PrintStream lines() {
        return new PrintStream(new VisibleStream(PROCESS), true, StandardCharsets.UTF_8);
    }

    /** Standard error, the same. */
    static PrintStream errors() {
        return new PrintStream(
                new VisibleStream(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8);
    }

    /**
     * Why some of it is lost. A reader that wanted no more, such as {@code head}, is no trouble; that is told by the system's
     * own words, which the launcher keeps English.
     */
    static Optional<String> trouble() {
        return PROCESS.trouble.filter(why -> !why.contains("Broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
