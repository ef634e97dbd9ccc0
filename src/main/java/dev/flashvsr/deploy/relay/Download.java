package dev.flashvsr.deploy.relay;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that a step would fetch: one line of what its function {@code downloads} prints. */
sealed interface Download {
    /** The step that would fetch it. */
    String step();

    /** The host that it comes from, in lower case. */
    String host();

    /** What must be there on the box afterwards: a path of its own for each download. */
    String place();

    /** SHA-256 of its content, where that is pinned. */
    default Optional<String> pin() {
        return Optional.empty();
    }

    /** Bytes, where they are pinned. */
    default OptionalLong bytes() {
        return OptionalLong.empty();
    }

    /**
     * A file of the web.
     *
     * @param token name of the secret that its own host is shown
     * @param path on the box
     */
    record Web(String step, String sha256, URI address, OptionalLong bytes, Optional<String> token, String path)
            implements Download {
        @Override
        public Optional<String> pin() {
            return Optional.of(sha256);
        }

        @Override
        public String host() {
            return Addresses.host(address.toString()).orElse("");
        }

        @Override
        public String place() {
            return path;
        }
    }

    /**
     * A commit, to be had as a bundle.
     *
     * @param path on the box
     */
    record Commit(String step, String commit, String url, String path) implements Download {
        @Override
        public String host() {
            return Addresses.host(url).orElse("");
        }

        @Override
        public String place() {
            return path;
        }
    }

    /**
     * The file with that SHA-256 that a Python package index has of a package.
     *
     * @param directory on the box, where it goes under its own name
     */
    record Wheel(String step, String sha256, URI index, String name, String directory) implements Download {
        @Override
        public Optional<String> pin() {
            return Optional.of(sha256);
        }

        @Override
        public String host() {
            return Addresses.host(index.toString()).orElse("");
        }

        @Override
        public String place() {
            return directory + "/" + sha256;
        }
    }

    /**
     * A file of a Python package index of which that index states the SHA-256.
     *
     * @param directory on the box, where it goes with {@code FILE.sha256} beside it
     */
    record Stated(String step, URI index, String file, String directory) implements Download {
        @Override
        public String host() {
            return Addresses.host(index.toString()).orElse("");
        }

        @Override
        public String place() {
            return directory + "/" + file;
        }
    }
}
