package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** Writes what a server answers into a file from some place on. */
final class PartWriter implements BodySubscriber<Void> {
    private final FileChannel channel;
    private final LongConsumer at;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private long position;

    private PartWriter(FileChannel channel, long from, LongConsumer at) {
        this.channel = channel;
        this.at = at;
        this.position = from;
    }

    /** {@code from}: what the file holds beyond it is dropped; {@code at} hears the file's size again and again. */
    static BodySubscriber<Void> into(Path file, long from, LongConsumer at) {
        try {
            FileChannel channel = PrivateFiles.openPart(file);
            channel.truncate(from);
            return new PartWriter(channel, from, at);
        } catch (IOException e) {
            throw new UncheckedIOException(new DiskException(e));
        }
    }

    /** The file could not be written. */
    static final class DiskException extends IOException {
        private static final long serialVersionUID = 1L;

        DiskException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public CompletionStage<Void> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription.complete(subscription);
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    position += channel.write(buffer, position);
                }
            }
        } catch (IOException e) {
            subscription.join().cancel();
            end();
            done.completeExceptionally(new DiskException(e));
            return;
        }
        at.accept(position);
        subscription.join().request(1);
    }

    @Override
    public void onError(Throwable why) {
        end();
        done.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
        try {
            channel.close();
            done.complete(null);
        } catch (IOException e) {
            done.completeExceptionally(new DiskException(e));
        }
    }

    private void end() {
        try {
            channel.close();
        } catch (IOException e) {
            // What was written stays, for the next attempt.
        }
    }
}
