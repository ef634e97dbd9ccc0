package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.TransferReport;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.fetch.FetchProgress;
import java.util.Optional;

/** Tells one download as events, if it is large. Its size is known only when the server answers. */
final class FetchReport implements AutoCloseable {
    private final Context context;
    private final long least;
    private Optional<TransferReport> report = Optional.empty();
    private long told;

    /** {@code least}: of fewer bytes nothing is told. */
    FetchReport(Context context, long least) {
        this.context = context;
        this.least = least;
    }

    /** For the file of this name. */
    FetchProgress of(String name) {
        return (bytes, total) -> tell(name, bytes, total.orElse(0));
    }

    private synchronized void tell(String name, long bytes, long total) {
        if (report.isEmpty() && total >= least) {
            report = Optional.of(
                    new TransferReport(context.listener(), context.clock(), name, RunEvent.Way.DOWNLOAD, total));
        }
        report.ifPresent(open -> tell(open, bytes));
    }

    private void tell(TransferReport open, long bytes) {
        if (bytes < told) {
            open.again();
            told = 0;
        }
        open.moved(bytes - told);
        told = bytes;
    }

    @Override
    public synchronized void close() {
        report.ifPresent(TransferReport::close);
    }
}
