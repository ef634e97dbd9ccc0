package dev.flashvsr.deploy.progress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ninja's default status, {@code [done/total] } in front of a line. */
final class NinjaProgress implements ProgressReader {
    private static final Pattern STATUS = Pattern.compile("^\\[(\\d{1,9})/(\\d{1,9})\\]");

    @Override
    public Optional<Progress> feed(String line) {
        Matcher status = STATUS.matcher(line);
        if (!status.find()) {
            return Optional.empty();
        }
        double done = Integer.parseInt(status.group(1));
        double total = Integer.parseInt(status.group(2));
        return done <= total && total > 0 ? Optional.of(new Progress(done / total, status.group())) : Optional.empty();
    }
}
