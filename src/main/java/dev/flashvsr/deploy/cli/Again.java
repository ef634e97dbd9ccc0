package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.Selection;
import java.util.List;
import java.util.Optional;

/** The options of a command as they must be typed again, for the commands that it names to go on with. */
final class Again {
    private final StringBuilder words = new StringBuilder();

    /** Adds an option where it was given. */
    Again with(String option, Optional<?> value) {
        value.ifPresent(given -> words.append(' ').append(option).append(' ').append(quoted(given.toString())));
        return this;
    }

    /** Adds an option without a value. */
    Again with(String option) {
        words.append(' ').append(option);
        return this;
    }

    /** Adds the options that select so. */
    Again with(Selection selection) {
        return with("--only", listed(selection.only()))
                .with("--from", listed(selection.from()))
                .with("--force", listed(selection.force()));
    }

    /** Adds an option with a list of ids, where it was given. */
    Again with(String option, List<String> ids) {
        return with(option, listed(ids));
    }

    /** Adds an option that takes its list only after a "=", where it was given; alone for one empty item. */
    Again withAttached(String option, List<String> items) {
        if (!items.isEmpty()) {
            String list = String.join(",", items);
            words.append(' ').append(list.isEmpty() ? option : quoted(option + "=" + list));
        }
        return this;
    }

    private static Optional<String> listed(List<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(String.join(",", ids));
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
