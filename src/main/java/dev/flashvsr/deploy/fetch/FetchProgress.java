package dev.flashvsr.deploy.fetch;

import java.util.OptionalLong;

/** Hears how far a download is. */
@FunctionalInterface
public interface FetchProgress {
    /** So many bytes of it are here; {@code total} where the server said. Falls back where it begins anew. */
    void at(long bytes, OptionalLong total);

    /** Listens to nothing. */
    static FetchProgress none() {
        return (bytes, total) -> {};
    }
}
