package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.progress.SafeText;
import java.util.stream.Collectors;

/** What a box said, for a message of ours. */
public final class Said {
    private static final int LONGEST = 500;

    private Said() {}

    /** Safe to show, on one line; of a long text the end, where errors usually are. */
    public static String line(String untrusted) {
        String one = untrusted
                .lines()
                .map(line -> SafeText.of(line).strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" / "));
        return one.length() <= LONGEST ? one : "…" + one.substring(one.length() - LONGEST);
    }
}
