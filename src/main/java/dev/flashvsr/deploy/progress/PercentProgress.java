package dev.flashvsr.deploy.progress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last {@code N%} or {@code N.N%} of a line. */
final class PercentProgress implements ProgressReader {
    private static final Pattern PERCENT = Pattern.compile("(?<![\\d.])(\\d{1,3}(?:\\.\\d{1,6})?) ?%");

    @Override
    public Optional<Progress> feed(String line) {
        Optional<Progress> last = Optional.empty();
        Matcher percent = PERCENT.matcher(line);
        while (percent.find()) {
            double value = Double.parseDouble(percent.group(1));
            if (value <= 100) {
                last = Optional.of(new Progress(value / 100, percent.group(1) + "%"));
            }
        }
        return last;
    }
}
