package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problem;
import dev.flashvsr.deploy.progress.UrlCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What the value of a variable must be, wherever it was given. */
public final class Values {
    /** The variable that is always defined. */
    static final String ROOT = "root";

    /** Linux hands no longer string to a program (MAX_ARG_STRLEN in linux/binfmts.h), "NAME=" and the end included. */
    private static final int MAX_STRING = 128 * 1024;

    private Values() {}

    /** A problem without the line that it is about, which holds what must not be shown. */
    static Problem withoutItsLine(Problem problem) {
        return new Problem(problem.where(), problem.what(), problem.next(), Optional.empty());
    }

    /** The problem of a value, without its line where that holds a password. */
    static Problem shown(String value, Problem problem) {
        return UrlCredentials.passwords(value).isEmpty() ? problem : withoutItsLine(problem);
    }

    /** Why {@code value} can't be the value of {@code name}, to follow its name; empty if it can. */
    public static Optional<String> wrong(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL character");
        }
        int size = name.length() + 2 + value.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_STRING) {
            return Optional.of("is longer than a program can be given (128 KiB)");
        }
        if (!UrlCredentials.passwords(value).isEmpty()) {
            return Optional.of(
                    "has a password in an address, which would be kept readable in plans and on the box: leave it out"
                            + " there, and have the box know it (~/.netrc, pip.conf), or make it a secret of the playbook");
        }
        return name.equals(ROOT) ? wrongRoot(value) : Optional.empty();
    }

    private static Optional<String> wrongRoot(String value) {
        if (!value.startsWith("~/") && !value.startsWith("/")) {
            return Optional.of("must be an absolute path, or begin with ~/");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("holds a control character");
        }
        if (Arrays.asList(value.split("/")).contains("..")) {
            return Optional.of("must not hold \"..\"");
        }
        return value.chars().allMatch(c -> c == '/') ? Optional.of("can't be / itself") : Optional.empty();
    }
}
