package dev.flashvsr.deploy.box.ssh;

/** What to do with a host key that is not known. A key other than the known one always stops, but for {@link Exactly}. */
public sealed interface HostKeyPolicy {
    /** Ask the person; with nobody there, stop. */
    record Ask() implements HostKeyPolicy {}

    /** Accept it and note it. */
    record AcceptNew() implements HostKeyPolicy {}

    /** Accept it and note it if it has this fingerprint. The key of a known host is judged as usual. */
    record AcceptIf(String fingerprint) implements HostKeyPolicy {}

    /** Stop, without a question. */
    record KnownOnly() implements HostKeyPolicy {}

    /** Accept the key with this fingerprint ({@code SHA256:} and base64) and no other, also in place of a known one. */
    record Exactly(String fingerprint) implements HostKeyPolicy {}
}
