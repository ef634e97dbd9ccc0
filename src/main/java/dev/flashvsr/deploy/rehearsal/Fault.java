package dev.flashvsr.deploy.rehearsal;

import java.time.Duration;

/** One thing that goes wrong with an answer of the pocket internet. */
public sealed interface Fault {
    /** Refused with 429 (Too Many Requests) and a {@code Retry-After} header, in whole seconds. */
    record TooManyRequests(Duration retryAfter) implements Fault {}

    /** Refused with 503 (Service Unavailable). */
    record Unavailable() implements Fault {}

    /** The connection is cut after so many bytes of the body. */
    record Cut(long bytes) implements Fault {}

    /** The body has the right length and a wrong first byte. */
    record WrongContent() implements Fault {}

    /** The body comes at so many bytes a second. */
    record Slow(long bytesPerSecond) implements Fault {}
}
