package dev.flashvsr.deploy.secret;

/** A value that must not be shown: whatever prints it by accident prints dots. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Holds this value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself; only for where it is used, never for a message. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
