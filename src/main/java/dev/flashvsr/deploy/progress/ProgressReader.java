package dev.flashvsr.deploy.progress;

import java.util.Optional;

/** Reads from the lines of one attempt how far it is; knows one log format. */
public interface ProgressReader {
    /** Takes the next line or progress update; the answer is empty when it says nothing of progress. */
    Optional<Progress> feed(String line);

    /**
     * A new reader for a playbook's {@code progress} word.
     *
     * @param format {@code ninja}, {@code git-lfs}, {@code pip} or {@code percent}
     * @throws IllegalArgumentException for any other word
     */
    static ProgressReader of(String format) {
        return switch (format) {
            case "ninja" -> new NinjaProgress();
            case "git-lfs" -> new GitLfsProgress();
            case "pip" -> new PipProgress();
            case "percent" -> new PercentProgress();
            default -> throw new IllegalArgumentException("no progress format " + format);
        };
    }
}
