package dev.flashvsr.deploy.inspect.catalogue;

/** How much a requirement matters to the deploy. */
public enum Severity {
    MANDATORY,
    DESIRABLE,
    INFORMATIONAL
}
