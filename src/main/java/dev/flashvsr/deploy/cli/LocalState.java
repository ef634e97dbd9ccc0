package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.checkpoint.Journals;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** This machine's own files; found unwritable before any box is touched. */
record LocalState(Path directory, Journals journals) {
    static LocalState open(OutputOptions output) {
        Path directory = StateDirectory.of(output.stateDir, System.getenv());
        StateDirectory.keepPrivate(directory);
        return new LocalState(directory, Journals.open(directory));
    }

    /** How long this playbook's steps took in earlier runs from here; read while the box is asked. */
    CompletableFuture<History> history(Work work) {
        return CompletableFuture.supplyAsync(
                () -> History.read(directory, work.playbook().name()));
    }

    /** What travels beside runs, below this directory. */
    ProductFlow products(CacheOptions cache, Work work, boolean asks) {
        return new ProductFlow(
                cache.in(directory, work.playbook()), cache.terms(work, asks), directory.resolve("results"));
    }
}
