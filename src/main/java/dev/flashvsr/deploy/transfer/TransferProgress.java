package dev.flashvsr.deploy.transfer;

/** Hears how far a transfer is; from several threads. */
@FunctionalInterface
public interface TransferProgress {
    /** So many bytes more were handed to the link, or found to be there. */
    void moved(long bytes);

    /** So many bytes were there before, of a download. */
    default void found(long bytes) {
        moved(bytes);
    }

    /** The whole has so many bytes; heard first, and only where the sender of the call did not know it. */
    default void of(long total) {}

    /** Listens to nothing. */
    static TransferProgress none() {
        return bytes -> {};
    }
}
