package dev.flashvsr.deploy.box;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A command that was started on a box. Its streams throw {@link java.io.IOException} when the link is lost. */
public interface BoxProcess extends AutoCloseable {
    /** The command's standard input; closing it is its end of file. */
    OutputStream stdin();

    /** The command's standard output. A reader that is slow holds up this command only, never others on the box. */
    InputStream stdout();

    /** The last 4 KiB of its standard error so far, as it came: untrusted text. */
    String errorTail();

    /** Waits for the end, at most so long. {@link Exit.Lost} when the link broke or the time was up. */
    Exit await(Duration limit);

    /** Ends the channel; a command that is still running may go on. Never blocks for long. */
    @Override
    void close();
}
