package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.problem.DeployException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A script that can be brought to the box while something else is under way there, so that its round trips cost no time.
 * Where it does not get a channel then, it begins when its turn has come.
 */
final class EarlyScript implements AutoCloseable {
    private final BoxShell shell;
    private final BoxScript script;
    private Optional<CompletableFuture<BoxShell.Prepared>> early = Optional.empty();

    EarlyScript(BoxShell shell, BoxScript script) {
        this.shell = shell;
        this.script = script;
    }

    /** Brings it there, on a thread of its own; the first call counts. */
    synchronized void prepare() {
        if (early.isEmpty()) {
            early = Optional.of(CompletableFuture.supplyAsync(() -> shell.prepare(script), EarlyScript::onAThread));
        }
    }

    /** As {@link BoxShell#run}; once only. */
    Answer run(Payload payload, Duration limit) {
        Optional<BoxShell.Prepared> there = prepared();
        return there.isPresent() ? there.get().run(payload, limit) : shell.run(script, payload, limit);
    }

    /** Empty when it was not prepared, or the box opened no channel for it meanwhile. */
    private synchronized Optional<BoxShell.Prepared> prepared() {
        try {
            return early.map(CompletableFuture::join);
        } catch (CompletionException e) {
            if (e.getCause() instanceof DeployException refused && !(refused instanceof LinkLostException)) {
                return Optional.empty();
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void onAThread(Runnable task) {
        Thread thread = new Thread(task, "early script");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets go of its channel, also of one that comes later. */
    @Override
    public synchronized void close() {
        early.ifPresent(coming -> coming.thenAccept(BoxShell.Prepared::close));
    }
}
