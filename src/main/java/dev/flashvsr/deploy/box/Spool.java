package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/**
 * A pipe whose writer never waits for its reader: one thread reads a whole SSH connection, and a slow reader of one
 * command must not hold up the others. Memory holds {@value #MEMORY} bytes, a temporary file what goes beyond; a reader
 * that falls back further than {@link #FILE} is cut off.
 */
public final class Spool extends InputStream {
    private static final int MEMORY = 4 << 20;
    private static final long FILE = 2L << 30;

    private final ArrayDeque<ByteBuffer> memory = new ArrayDeque<>();
    private int inMemory;
    private Optional<FileChannel> file = Optional.empty();
    private long fileRead;
    private long fileWritten;
    private boolean ended;
    private boolean closed;
    private Optional<IOException> cause = Optional.empty();

    /** Appends; what comes after the end or after {@link #close()} is dropped. {@link IOException} when the file is full. */
    public synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        if (ended || closed || length == 0) {
            return;
        }
        if (fileWritten == 0 && inMemory + length <= MEMORY) {
            memory.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
            inMemory += length;
        } else {
            toFile(ByteBuffer.wrap(bytes, offset, length));
        }
        notifyAll();
    }

    /** No more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** No more will come, and the reader shall hear why after what there is. */
    public synchronized void fail(IOException why) {
        if (!ended) {
            cause = Optional.of(why);
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!closed && inMemory == 0 && fileRead == fileWritten && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the box", e);
            }
        }
        if (closed) {
            throw new IOException("closed");
        }
        if (inMemory > 0) {
            return fromMemory(target, offset, length);
        }
        if (fileRead < fileWritten) {
            return fromFile(target, offset, length);
        }
        if (cause.isPresent()) {
            throw new IOException(cause.get().getMessage(), cause.get());
        }
        return -1;
    }

    @Override
    public synchronized int available() {
        return inMemory;
    }

    /** Drops what there is; a reader that waits is woken with an {@link IOException}. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        memory.clear();
        inMemory = 0;
        notifyAll();
        if (file.isPresent()) {
            file.get().close();
            file = Optional.empty();
        }
    }

    private int fromMemory(byte[] target, int offset, int length) {
        ByteBuffer first = memory.element();
        int count = Math.min(length, first.remaining());
        first.get(target, offset, count);
        inMemory -= count;
        if (!first.hasRemaining()) {
            memory.remove();
        }
        return count;
    }

    private void toFile(ByteBuffer bytes) throws IOException {
        if (fileWritten + bytes.remaining() > FILE) {
            throw new IOException("the reader fell too far behind");
        }
        if (file.isEmpty()) {
            file = Optional.of(FileChannel.open(
                    Files.createTempFile("flashvsr-deploy-", ".spool"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE));
        }
        while (bytes.hasRemaining()) {
            fileWritten += file.get().write(bytes, fileWritten);
        }
    }

    private int fromFile(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, fileWritten - fileRead);
        int count = file.orElseThrow().read(ByteBuffer.wrap(target, offset, wanted), fileRead);
        if (count < 0) {
            throw new IOException("the temporary file lost its end");
        }
        fileRead += count;
        if (fileRead == fileWritten) {
            file.orElseThrow().truncate(0);
            fileRead = 0;
            fileWritten = 0;
        }
        return count;
    }
}
