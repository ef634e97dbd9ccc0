package dev.flashvsr.deploy.progress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pip prints of downloads: the line that names the file, the bar ({@code 1.2/2.5 GB 30 MB/s eta 0:00:40}), and the
 * lines of {@code --progress-bar raw} ({@code Progress 1200 of 2500}). The fraction is that of the file at hand.
 */
final class PipProgress implements ProgressReader {
    private static final Pattern FILE = Pattern.compile("^ *Downloading (\\S+) (\\(\\d[\\d.]* [kKMG]?i?B\\))");
    private static final Pattern BAR = Pattern.compile(
            "^\\P{Alnum}*?(\\d{1,6}(?:\\.\\d{1,3})?)/(\\d{1,6}(?:\\.\\d{1,3})?) ([kKMG]?i?B|bytes)(?: (\\S+ \\S+/s))?");
    private static final Pattern RAW = Pattern.compile("^Progress (\\d{1,15}) of (\\d{1,15})$");

    private String file = "";

    @Override
    public Optional<Progress> feed(String line) {
        Matcher named = FILE.matcher(line);
        if (named.find()) {
            String address = named.group(1);
            file = address.substring(address.lastIndexOf('/') + 1) + " ";
            return Optional.of(new Progress(0, file + named.group(2)));
        }
        Matcher raw = RAW.matcher(line);
        if (raw.find()) {
            return part(raw.group(1), raw.group(2), "");
        }
        Matcher bar = BAR.matcher(line);
        if (bar.find()) {
            String rate = bar.group(4) == null ? "" : ", " + bar.group(4);
            return part(bar.group(1), bar.group(2), bar.group(1) + "/" + bar.group(2) + " " + bar.group(3) + rate);
        }
        return Optional.empty();
    }

    private Optional<Progress> part(String done, String total, String amounts) {
        double fraction = Double.parseDouble(done) / Double.parseDouble(total);
        return fraction >= 0 && fraction <= 1
                ? Optional.of(new Progress(fraction, (file + amounts).strip()))
                : Optional.empty();
    }
}
