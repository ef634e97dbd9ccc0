package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The TCP connection below a session, already made, so that its own failures are told apart from those of SSH. It is kept
 * apart from JSch because only closing the socket frees a JSch session whose peer has stopped reading: its writer holds
 * the lock that its keep-alive and its {@code disconnect()} wait for.
 */
final class Link implements SocketFactory, AutoCloseable {
    private static final int BUFFER = 4 << 20;

    /** Far more than key exchange, banners and answers take until a login is through. */
    private static final int MOST_BEFORE_LOGIN = 1 << 20;

    private final Socket socket;
    private final Duration handshake;
    private volatile boolean loggedIn;
    private int beforeLogin;
    private volatile long lastRead = System.nanoTime();
    private final AtomicLong shortestAnswer = new AtomicLong(Long.MAX_VALUE);
    private volatile Optional<String> broken = Optional.empty();
    private volatile Optional<String> givenUp = Optional.empty();

    private Link(Socket socket, Duration handshake) {
        this.socket = socket;
        this.handshake = handshake;
    }

    /** Tries each address of the host in turn. */
    static Link connect(String host, int port, Duration limit) throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = new Socket();
            try {
                socket.setReceiveBufferSize(BUFFER);
                long began = System.nanoTime();
                socket.connect(new InetSocketAddress(address, port), (int) limit.toMillis());
                Duration handshake = Duration.ofNanos(System.nanoTime() - began);
                socket.setKeepAlive(true);
                socket.setTcpNoDelay(true);
                return new Link(socket, handshake);
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** From now on any number of bytes may come. */
    void loggedIn() {
        loggedIn = true;
    }

    /** How long nothing has come from the other side. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastRead);
    }

    /** Counts the silence from now on. */
    void heard() {
        lastRead = System.nanoTime();
    }

    /** The other side has answered something that was sent at this {@link System#nanoTime()}. */
    void answered(long sentAt) {
        shortestAnswer.accumulateAndGet(System.nanoTime() - sentAt, Math::min);
    }

    /**
     * The shortest time to an answer, endless before the first; never shorter than the handshake of TCP, which is shorter than
     * the whole way where others pass the connection on.
     */
    Duration roundTrip() {
        Duration answer = Duration.ofNanos(shortestAnswer.get());
        return answer.compareTo(handshake) > 0 ? answer : handshake;
    }

    /** Why the connection is no more; empty while it stands. */
    Optional<String> broken() {
        return broken;
    }

    /** Closes the socket because of what the other side does. */
    void giveUp(String why) {
        givenUp = Optional.of(why);
        cut(why);
    }

    /** Why we gave it up; JSch takes that for a refused login, or for a lost link. */
    Optional<String> givenUp() {
        return givenUp;
    }

    /** Closes the socket; every thread that waits in it returns. The first reason is the one that is kept. */
    void cut(String why) {
        if (broken.isEmpty()) {
            broken = Optional.of(why);
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use in any case.
        }
    }

    @Override
    public void close() {
        cut("closed by us");
    }

    @Override
    public Socket createSocket(String host, int port) {
        return socket;
    }

    @Override
    public InputStream getInputStream(Socket ignored) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    int read = super.read(target, offset, length);
                    if (read < 0) {
                        cut("the other side closed it");
                    }
                    heard();
                    count(read);
                    return read;
                } catch (SocketTimeoutException e) {
                    throw e;
                } catch (IOException e) {
                    cut(String.valueOf(e.getMessage()));
                    throw e;
                }
            }
        };
    }

    private void count(int read) throws IOException {
        if (!loggedIn) {
            beforeLogin += Math.max(0, read);
            if (beforeLogin > MOST_BEFORE_LOGIN) {
                giveUp("it sent more than 1 MiB before any login");
                throw new IOException("given up");
            }
        }
    }

    @Override
    public OutputStream getOutputStream(Socket ignored) throws IOException {
        return socket.getOutputStream();
    }
}
