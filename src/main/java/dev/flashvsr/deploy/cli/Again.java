package dev.flashvsr.deploy.cli;

import java.util.Optional;

/** The options of a command as they must be typed again, for the commands that it names to go on with. */
final class Again {
    private final StringBuilder words = new StringBuilder();

    /** Adds an option where it was given. */
    Again with(String option, Optional<?> value) {
        value.ifPresent(given -> words.append(' ').append(option).append(' ').append(quoted(given.toString())));
        return this;
    }

    /** Each word with a blank in front; empty when none was given. */
    @Override
    public String toString() {
        return words.toString();
    }

    /** As a shell reads it back. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./~^-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
