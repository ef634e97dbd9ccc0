package dev.flashvsr.deploy.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes two boxes take about the same time.
 *
 * @param gpu name of its first GPU, such as {@code NVIDIA A100-SXM4-80GB}; empty: none
 * @param cpus how many it may use; 0: not known
 */
public record Likeness(String gpu, int cpus) {
    /** Nothing is known of the box. */
    public static final Likeness UNKNOWN = new Likeness("", 0);

    /** A line of {@code nvidia-smi -L}: {@code GPU 0: NAME (UUID: …)}. */
    private static final Pattern GPU = Pattern.compile("GPU \\d+: (.*?)(?: \\(UUID.*)?");

    /** From the facts {@code gpu} (first line of {@code nvidia-smi -L}) and {@code cpus} of the survey. */
    public static Likeness of(String gpu, String cpus) {
        Matcher line = GPU.matcher(gpu.strip());
        boolean number = cpus.strip().matches("\\d{1,6}");
        return new Likeness(line.matches() ? line.group(1) : gpu.strip(), number ? Integer.parseInt(cpus.strip()) : 0);
    }
}
