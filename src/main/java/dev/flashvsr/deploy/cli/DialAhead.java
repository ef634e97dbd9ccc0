package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.ssh.Prompt;
import dev.flashvsr.deploy.engine.Dial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A way to a box that is prepared at once, while what the user wrote is read, and set out on as soon as {@link #begin()} says
 * that this holds: connecting is mostly waiting. The first {@link #connect()} is given that connection, or what became of it;
 * later ones make new ones. Nobody is asked anything before the first: what was read may be wrong, and then the question would
 * be in the way of saying so.
 */
final class DialAhead implements Dial {
    private static final Executor THREAD = task -> {
        Thread thread = new Thread(task, "connect");
        thread.setDaemon(true);
        thread.start();
    };

    private final CompletableFuture<Void> allowed = new CompletableFuture<>();
    private final CompletableFuture<Void> wanted = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Dial> dial;
    private final CompletableFuture<Box> first;

    /** {@code way} may take its time, too; the prompt that it gets puts its questions to {@code person}. */
    DialAhead(Function<Prompt, Dial> way, Prompt person) {
        Prompt later = new LaterPrompt(person, wanted);
        this.dial = CompletableFuture.supplyAsync(() -> way.apply(later), THREAD);
        this.first = dial.thenCombineAsync(allowed, (prepared, begun) -> prepared.connect(), THREAD);
    }

    /** Sets out: not before that is anything sent to the box. */
    void begin() {
        allowed.complete(null);
    }

    @Override
    public Box connect() {
        begin();
        wanted.complete(null);
        return taken.compareAndSet(false, true) ? result(first) : result(dial).connect();
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
