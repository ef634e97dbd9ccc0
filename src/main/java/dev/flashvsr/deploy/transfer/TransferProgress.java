package dev.flashvsr.deploy.transfer;

/** Hears how far a transfer is; from several threads. */
@FunctionalInterface
public interface TransferProgress {
    /** So many bytes more were handed to the link, or found to be there. */
    void moved(long bytes);

    /** Listens to nothing. */
    static TransferProgress none() {
        return bytes -> {};
    }
}
