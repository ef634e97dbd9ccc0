package dev.flashvsr.deploy.box.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A link that can go wrong in the ways that links do: between a client and a port on loopback. */
public final class FaultProxy implements AutoCloseable {
    private static final int SMALL = 16 << 10;

    /** What happens to bytes that come. */
    public enum Mode {
        FORWARD,
        /** Read and dropped, as on a path that lost its way: the sender sees nothing wrong. */
        BLACKHOLE,
        /** Not read any more: the sender's buffers fill up. */
        FREEZE
    }

    private final ServerSocket server;
    private final int target;
    private final long delayNanos;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mode mode = Mode.FORWARD;

    public FaultProxy(int target, long delayMillis) throws IOException {
        this.target = target;
        this.delayNanos = delayMillis * 1_000_000;
        this.server = new ServerSocket();
        server.setReceiveBufferSize(SMALL);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void mode(Mode next) {
        mode = next;
    }

    /** Ends every connection: in good order, or with a reset. */
    public void cut(boolean reset) throws IOException {
        for (Socket socket : sockets) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket box = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                box.setTcpNoDelay(true);
                sockets.addAll(List.of(client, box));
                daemon(() -> pump(client, box));
                daemon(() -> pump(box, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /** Reads at once and writes later, so that a delay is a long way and not a narrow one. */
    private void pump(Socket from, Socket to) {
        BlockingQueue<Chunk> underway = new ArrayBlockingQueue<>(1000);
        daemon(() -> deliver(underway, to));
        byte[] buffer = new byte[SMALL];
        try {
            InputStream in = from.getInputStream();
            while (true) {
                if (mode == Mode.FREEZE) {
                    closed.await();
                    return;
                }
                int read = in.read(buffer);
                underway.put(new Chunk(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, Math.max(0, read))));
                if (read < 0) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            underway.add(new Chunk(System.nanoTime(), new byte[0]));
        }
    }

    private void deliver(BlockingQueue<Chunk> underway, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = underway.take(); chunk.bytes().length > 0; chunk = underway.take()) {
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (mode == Mode.FORWARD) {
                    out.write(chunk.bytes());
                }
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            // The connection is gone, which is what such a proxy is for.
        }
    }

    /** Bytes that are on their way; none: the end. */
    private record Chunk(long due, byte[] bytes) {}

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        cut(false);
    }
}
