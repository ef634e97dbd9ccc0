package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reading one address gave: a line {@code LABEL CODE BYTES SECONDS BYTES-PER-SECOND HOST HOW} of the {@code net} probes.
 *
 * @param code HTTP status; empty where no answer came
 * @param bytes that were read
 * @param perSecond bytes a second, with the time that connecting took
 * @param host that served it in the end
 * @param how {@code ok}, or what went wrong: {@code dns}, {@code refused}, {@code timeout}, {@code tls}, {@code certificate},
 *     {@code reset}, {@code no-address}, …
 */
public record NetSpeed(
        String label, OptionalInt code, long bytes, double seconds, double perSecond, String host, String how) {
    private static final Pattern LINE = Pattern.compile(
            "([a-z][a-z-]{0,30}) ([0-9]{3}|-) ([0-9]{1,15}) ([0-9]{1,6}(?:[.,][0-9]{1,9})?) ([0-9]{1,15}) (\\S{1,255}) (\\S{1,40})");
    private static final int OK = 200;
    private static final int NO_CONTENT_BEYOND = 206;

    /** Less than this says little of a speed. */
    private static final long ENOUGH = 256 * 1024;

    /** Of all these probes. */
    public static List<NetSpeed> of(Evidence evidence, String... probes) {
        return Arrays.stream(probes)
                .flatMap(probe -> ProbeText.lines(evidence, probe).stream())
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(NetSpeed::line)
                .toList();
    }

    /** The one of this label. */
    public static Optional<NetSpeed> labelled(List<NetSpeed> all, String label) {
        return all.stream().filter(one -> one.label.equals(label)).findFirst();
    }

    /** The file came, or as much of it as the time allowed. */
    public boolean reached() {
        return code.isPresent()
                && (code.getAsInt() == OK || code.getAsInt() == NO_CONTENT_BEYOND)
                && (how.equals("ok") || how.equals("timeout") && bytes > 0);
    }

    /** Whether the speed means something. */
    public boolean measured() {
        return reached() && bytes >= ENOUGH && perSecond > 0;
    }

    private static NetSpeed line(Matcher line) {
        return new NetSpeed(
                line.group(1),
                ProbeText.small(line.group(2)),
                Long.parseLong(line.group(3)),
                Double.parseDouble(line.group(4).replace(',', '.')),
                Double.parseDouble(line.group(5)),
                line.group(6),
                line.group(7));
    }
}
