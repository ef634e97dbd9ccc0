package dev.flashvsr.deploy.progress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Git LFS prints while it downloads, {@code Downloading LFS objects:  42% (3/7), 2.9 GB | 30 MB/s}, and what Git
 * itself prints in the same form while a checkout does it ({@code Filtering content:}). The percentage counts bytes.
 */
final class GitLfsProgress implements ProgressReader {
    private static final Pattern OBJECTS =
            Pattern.compile("^(?:Downloading LFS objects|Filtering content): +(\\d{1,3})% \\((\\d+/\\d+)\\)(.*)");

    @Override
    public Optional<Progress> feed(String line) {
        Matcher objects = OBJECTS.matcher(line);
        if (!objects.find()) {
            return Optional.empty();
        }
        int percent = Integer.parseInt(objects.group(1));
        String amounts = objects.group(3).replace(" | ", ", ").strip();
        return percent <= 100
                ? Optional.of(new Progress(percent / 100.0, objects.group(2) + amounts))
                : Optional.empty();
    }
}
