package dev.flashvsr.deploy.inspect.catalogue;

/** How a requirement is answered. */
public enum Way {
    /** By probes alone. */
    PROBE,
    /** By the provider alone. */
    QUESTION,
    /** Probes give a part of the answer or a hint, the provider the rest. */
    BOTH
}
