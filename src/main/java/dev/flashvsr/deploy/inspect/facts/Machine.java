package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code uname -srm} says (probe {@code os.uname}).
 *
 * @param architecture such as {@code x86_64}
 */
public record Machine(String kernel, String architecture) {
    private static final Pattern FORM = Pattern.compile("Linux (\\S{1,100}) (\\w{1,40})");

    /** Empty for anything but Linux. */
    public static Optional<Machine> of(Evidence evidence) {
        return ProbeText.lines(evidence, "os.uname").stream()
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(line -> new Machine(line.group(1), line.group(2)));
    }
}
