package dev.flashvsr.deploy.inspect.bench;

import java.time.Duration;

/**
 * How much is measured, and for how long.
 *
 * @param window of full load of the card; ten of them are measured, after two that warm it up
 * @param rest for which the card is watched at rest, before and after
 * @param pause between two looks at it
 * @param gpuLimit of all that is done with the card
 * @param diskBytes the most bytes of the large file; 5 % of what is free at most
 * @param files the most small files
 * @param diskStep the longest that each of writing, reading and small files may take
 * @param lineBytes the most bytes each way
 * @param lineStep the longest for each way
 * @param compile the longest that the small kernel may take
 */
record BenchPace(
        Duration window,
        Duration rest,
        Duration pause,
        Duration gpuLimit,
        long diskBytes,
        int files,
        Duration diskStep,
        long lineBytes,
        Duration lineStep,
        Duration compile) {
    /** Of the program: together at most two minutes. */
    static final BenchPace USUAL = new BenchPace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofSeconds(44),
            1L << 30,
            4000,
            Duration.ofSeconds(4),
            64L << 20,
            Duration.ofSeconds(7),
            Duration.ofSeconds(20));
}
