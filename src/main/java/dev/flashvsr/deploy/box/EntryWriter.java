package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes {@link Entries}. */
public final class EntryWriter {
    private final OutputStream out;

    /** To this stream, which is neither flushed nor closed. */
    public EntryWriter(OutputStream out) {
        this.out = out;
    }

    /** Adds an entry; {@link IllegalArgumentException} for a name that may not be sent. */
    public EntryWriter add(String name, byte[] bytes) throws IOException {
        header(name, bytes.length);
        out.write(bytes);
        out.write('\n');
        return this;
    }

    /** Adds text as UTF-8. */
    public EntryWriter add(String name, String text) throws IOException {
        return add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the next {@code size} bytes of a stream; {@link IOException} when it has fewer. */
    public EntryWriter add(String name, long size, InputStream bytes) throws IOException {
        header(name, size);
        byte[] buffer = new byte[1 << 16];
        for (long left = size; left > 0; ) {
            int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new IOException(name + " became shorter while it was sent");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        out.write('\n');
        return this;
    }

    /** Ends the list, for a reader whose input goes on. */
    public void end() throws IOException {
        out.write((Entries.END + " 0\n\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void header(String name, long size) throws IOException {
        if (!Entries.isName(name)) {
            throw new IllegalArgumentException("not the name of an entry: " + name);
        }
        out.write((name + " " + size + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
