package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.TransferReport;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.transfer.TransferProgress;
import dev.flashvsr.deploy.transfer.Upload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends files to the box: a large one by itself, over several channels; small ones, whose time goes by in waiting for
 * answers, some at once with a channel each. A server allows ten in all.
 */
final class Sender {
    /** Bytes from which on a file goes by itself, and is told of. */
    static final long LARGE = 8 << 20;

    private static final int AT_ONCE = 4;

    private final Context context;
    private final OverLink link;

    Sender(Context context, OverLink link) {
        this.context = context;
        this.link = link;
    }

    /** Returns how many bytes had to be sent. */
    long send(List<Parcel> parcels) throws InterruptedException {
        List<Parcel> small =
                parcels.stream().filter(parcel -> parcel.file().size() < LARGE).toList();
        long sent = small.isEmpty() ? 0 : together(small);
        for (Parcel parcel : parcels) {
            if (parcel.file().size() >= LARGE) {
                sent += alone(parcel);
            }
        }
        return sent;
    }

    private long together(List<Parcel> parcels) throws InterruptedException {
        return link.run("send " + parcels.get(0).name(), (box, works) -> {
            ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, parcels.size()), Sender::daemon);
            try {
                List<CompletableFuture<Long>> all = parcels.stream()
                        .map(parcel -> CompletableFuture.supplyAsync(
                                () -> upload(box, parcel, TransferProgress.none()), threads))
                        .toList();
                return all.stream().mapToLong(CompletableFuture::join).sum();
            } catch (CompletionException e) {
                if (e.getCause() instanceof DeployException known) {
                    throw known;
                }
                throw e;
            } finally {
                threads.shutdownNow();
            }
        });
    }

    private long alone(Parcel parcel) throws InterruptedException {
        try (TransferReport report = new TransferReport(
                context.listener(),
                context.clock(),
                parcel.name(),
                RunEvent.Way.TO_BOX,
                parcel.file().size())) {
            return link.run("send " + parcel.name(), (box, works) -> {
                report.again();
                AtomicBoolean moved = new AtomicBoolean();
                try {
                    return upload(box, parcel, bytes -> {
                        moved.set(true);
                        report.moved(bytes);
                    });
                } catch (LinkLostException e) {
                    if (moved.get()) {
                        works.run();
                    }
                    throw e;
                }
            });
        }
    }

    private long upload(Box box, Parcel parcel, TransferProgress progress) {
        return new Upload(new BoxShell(box, context.random()))
                .send(parcel.file(), parcel.path(), progress)
                .bytes();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    }
}
