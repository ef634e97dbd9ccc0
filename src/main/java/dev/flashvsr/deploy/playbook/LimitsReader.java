package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlFields;
import java.time.Duration;

/** The two small maps of a step: {@code retries} and {@code estimate}. */
final class LimitsReader {
    private static final int MAX_RETRIES = 100;
    private static final Duration BACKOFF = Duration.ofSeconds(10);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final Duration MAX_TIME = Duration.ofDays(7);

    private final Problems problems;

    LimitsReader(Problems problems) {
        this.problems = problems;
    }

    /** Left out: none. */
    Retries retries(YamlFields step) {
        return step.map("retries")
                .map(fields -> {
                    if (fields.key("max").isEmpty()) {
                        problems.add(fields.place().problem("\"max\" is missing in \"retries\""));
                    }
                    Retries retries = new Retries(
                            fields.integer("max", 0, MAX_RETRIES).orElse(0),
                            fields.duration("backoff", Duration.ZERO, MAX_BACKOFF)
                                    .orElse(BACKOFF));
                    fields.rejectUnknown();
                    return retries;
                })
                .orElse(new Retries(0, BACKOFF));
    }

    /** Left out: unknown. */
    Estimate estimate(YamlFields step) {
        return step.map("estimate")
                .map(fields -> {
                    Estimate estimate = new Estimate(
                            fields.duration("time", Duration.ZERO, MAX_TIME),
                            fields.size("download", 0),
                            fields.size("disk", 0));
                    fields.rejectUnknown();
                    return estimate;
                })
                .orElse(Estimate.UNKNOWN);
    }
}
