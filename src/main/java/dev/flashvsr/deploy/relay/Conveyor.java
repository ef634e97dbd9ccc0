package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.problem.DeployException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends each file as soon as it is here, while others are being fetched: it takes as long as the slower of the two. */
final class Conveyor {
    private static final int FETCHERS = 3;

    private final Context context;
    private final Fetcher fetcher;
    private final Sender sender;

    Conveyor(Context context, Fetcher fetcher, OverLink link) {
        this.context = context;
        this.fetcher = fetcher;
        this.sender = new Sender(context, link);
    }

    /** Returns how many bytes were sent; those that were there already are not counted. */
    long run(List<Download> downloads) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(FETCHERS, Conveyor::daemon);
        try {
            CompletionService<List<Parcel>> fetched = new ExecutorCompletionService<>(threads);
            downloads.forEach(download -> fetched.submit(() -> fetch(download)));
            long sent = 0;
            for (int left = downloads.size(); left > 0; ) {
                List<Parcel> here = new ArrayList<>(fetched.take().get());
                left--;
                for (Optional<List<Parcel>> more = next(fetched); more.isPresent(); more = next(fetched)) {
                    here.addAll(more.get());
                    left--;
                }
                sent += sender.send(here);
            }
            return sent;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeployException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** What else is here by now. */
    private static Optional<List<Parcel>> next(CompletionService<List<Parcel>> fetched)
            throws InterruptedException, ExecutionException {
        Optional<Future<List<Parcel>>> done = Optional.ofNullable(fetched.poll());
        return done.isPresent() ? Optional.of(done.get().get()) : Optional.empty();
    }

    private List<Parcel> fetch(Download download) throws InterruptedException {
        try (FetchReport report = new FetchReport(context, Sender.LARGE)) {
            return fetcher.fetch(download, report::of);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    }
}
