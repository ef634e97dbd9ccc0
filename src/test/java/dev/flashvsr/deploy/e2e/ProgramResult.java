package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a call of the program ended. */
record ProgramResult(String command, int exit, String out, String err) {
    /** Fails unless it ended with this status. */
    ProgramResult exits(int status) {
        assertThat(exit).as(this::toString).isEqualTo(status);
        return this;
    }

    /** Fails unless all of these are in its standard output. */
    ProgramResult says(String... parts) {
        assertThat(out).as(this::toString).contains(parts);
        return this;
    }

    /** Fails unless all of these are in its standard error. */
    ProgramResult complains(String... parts) {
        assertThat(err).as(this::toString).contains(parts);
        return this;
    }

    /** Fails if it shows a stack trace, or speaks of itself as broken. */
    ProgramResult hasNoTrace() {
        assertThat(out + err)
                .as(this::toString)
                .doesNotContain("\tat ", "Exception", "internal error", "mistake in flashvsr-deploy");
        return this;
    }

    /** The lines of its standard output. */
    List<String> lines() {
        return out.lines().toList();
    }

    @Override
    public String toString() {
        return command + "\nexit " + exit + "\n--- out\n" + out + "--- err\n" + err;
    }
}
