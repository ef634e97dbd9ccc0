package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A free port of 127.0.0.1 that stays the same from start to start as long as nobody else takes it. */
record StickyPort(Path file) {
    /** Binds something to an address. */
    interface Binder<T> {
        /** Throws {@link BindException} where the port is taken. */
        T bind(InetSocketAddress address) throws IOException;
    }

    /** Binds to the remembered port, or to any free one. */
    <T> T bind(Binder<T> binder) throws IOException {
        int last = last();
        if (last > 0) {
            try {
                return binder.bind(loopback(last));
            } catch (BindException e) {
                // Taken by somebody else since: any other will do.
            }
        }
        return binder.bind(loopback(0));
    }

    void remember(int port) throws IOException {
        Files.writeString(file, Integer.toString(port));
    }

    private int last() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        return text.matches("[1-9][0-9]{0,4}") ? Math.min(Integer.parseInt(text), 65535) : 0;
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        // Not InetAddress.getLoopbackAddress(), which may be ::1.
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
