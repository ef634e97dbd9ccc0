package dev.flashvsr.deploy.box;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/** A script that runs on a box while we speak with it. Its streams throw {@link java.io.IOException} when the link is lost. */
public final class BoxStream implements AutoCloseable {
    private final BoxProcess process;
    private final FramedInput output;

    BoxStream(BoxProcess process, FramedInput output) {
        this.process = process;
        this.output = output;
    }

    /** The script's standard input; what is written is sent when it is flushed. */
    public OutputStream stdin() {
        return process.stdin();
    }

    /** The script's standard output, to its end. */
    public InputStream stdout() {
        return output;
    }

    /** The script's exit status, after the end of {@link #stdout()}; empty when that was cut off. */
    public OptionalInt status() {
        return output.status();
    }

    /** The end of its standard error so far; untrusted text. */
    public String errorTail() {
        return process.errorTail();
    }

    /** Lets go of the channel. Never blocks for long. */
    @Override
    public void close() {
        process.close();
    }
}
