package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxScripts;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One upload over its channels: the lead, which the caller's thread serves, and helpers with threads of their own. */
final class UploadAttempt implements AutoCloseable {
    private static final BoxScript RECEIVE = BoxScripts.join("receive-blocks", "way", "transfer", "receive-blocks");
    private static final Duration BEGIN = Duration.ofSeconds(30);

    private final BoxShell shell;
    private final LocalFile file;
    private final String path;
    private final Optional<String> root;
    private final TransferProgress progress;
    private final Duration limit;
    private final UploadFailures failures;
    private final Content content;
    private final StallWatch watch;
    private final int channels;
    private final CompletableFuture<RangeQueue> queue = new CompletableFuture<>();
    private final List<BlockChannel> opened = new ArrayList<>();
    private final List<CompletableFuture<Void>> atWork = new ArrayList<>();
    private boolean drained;
    private boolean closed;
    private Optional<DeployException> failure = Optional.empty();

    UploadAttempt(
            BoxShell shell,
            LocalFile file,
            String path,
            Optional<String> root,
            int channels,
            TransferProgress progress,
            Duration limit) {
        this.shell = shell;
        this.file = file;
        this.path = path;
        this.root = root;
        this.progress = progress;
        this.limit = limit;
        this.failures = new UploadFailures(shell.label(), file, path);
        this.content = new Content(file);
        this.channels = channels;
        this.watch = new StallWatch(limit, 1, () -> fail(failures.stalled(limit.toSeconds())));
    }

    Sent run() {
        for (int i = 1; i < channels; i++) {
            onAThread(this::help);
        }
        try {
            BlockChannel lead = openLead();
            Optional<BitSet> there = lead.there(file, content);
            if (there.isEmpty()) {
                progress.moved(file.size());
                return new Sent(0, file.size());
            }
            RangeQueue ranges = new RangeQueue(file.size(), Upload.BLOCK, there.get(), channels);
            long sent = ranges.left();
            progress.moved(file.size() - sent);
            queue.complete(ranges);
            lead.send(ranges, content, this::moved);
            helpersAtWork().forEach(CompletableFuture::join);
            lead.finish();
            return new Sent(sent, file.size() - sent);
        } catch (DeployException e) {
            throw firstFailure().orElse(e);
        } catch (CompletionException e) {
            throw firstFailure().orElseThrow(() -> e);
        }
    }

    /** A server with few sessions may have given them all to helpers; then it goes without those. */
    private BlockChannel openLead() {
        try {
            return open("lead");
        } catch (LinkLostException e) {
            throw e;
        } catch (DeployException e) {
            synchronized (this) {
                queue.cancel(false);
                opened.forEach(BlockChannel::close);
            }
            return open("lead");
        }
    }

    /** A helper that can't begin is done without; one that fails later has taken a range with it. */
    private void help() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        try {
            BlockChannel channel = open("helper");
            if (begins(work)) {
                channel.send(queue.join(), content, this::moved);
            }
            work.complete(null);
        } catch (CancellationException | CompletionException e) {
            work.complete(null);
        } catch (DeployException e) {
            synchronized (this) {
                if (atWork.contains(work) || e instanceof LinkLostException) {
                    fail(e);
                }
            }
            work.completeExceptionally(e);
        }
    }

    /** Whether there is still something to do for it. */
    private synchronized boolean begins(CompletableFuture<Void> work) {
        if (!drained) {
            atWork.add(work);
        }
        return !drained;
    }

    /** Those that may have taken a range; a helper that comes later takes none, and nobody waits for it. */
    private synchronized List<CompletableFuture<Void>> helpersAtWork() {
        drained = true;
        return List.copyOf(atWork);
    }

    private BlockChannel open(String role) {
        BlockChannel channel = new BlockChannel(
                shell.open(
                        RECEIVE.withArguments(
                                path,
                                Long.toString(file.size()),
                                file.sha256(),
                                Integer.toString(Upload.BLOCK),
                                role,
                                root.orElse("")),
                        BEGIN),
                failures,
                Upload.BLOCK);
        synchronized (this) {
            opened.add(channel);
            if (closed) {
                channel.close();
            }
        }
        return channel;
    }

    private void moved(long bytes) {
        watch.moved(1);
        progress.moved(bytes);
    }

    private synchronized Optional<DeployException> firstFailure() {
        return failure;
    }

    /** The first failure is the cause of those that follow; it ends all channels. */
    private synchronized void fail(DeployException why) {
        if (!closed) {
            failure = Optional.of(why);
            closeChannels();
        }
    }

    private synchronized void closeChannels() {
        closed = true;
        queue.cancel(false);
        opened.forEach(BlockChannel::close);
    }

    private static void onAThread(Runnable task) {
        Thread thread = new Thread(task, "upload");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        watch.close();
        closeChannels();
        content.close();
    }
}
