package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.facts.CpuLimits;
import dev.flashvsr.deploy.inspect.facts.MemoryLimits;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Optional;

/**
 * What building Block-Sparse-Attention for one architecture takes here. It has 24 CUDA files; four compilers at once were
 * reported to need 25 to 45 minutes, so each file counts 4 to 7.5 minutes of a compiler.
 *
 * @param jobs compilers at once, by the rule of the step block-sparse-attention: one a processor, 4 GiB left free, and so
 *     much memory for each
 * @param least seconds
 * @param most seconds
 */
record Build(int jobs, double least, double most) {
    private static final int FILES = 24;
    private static final double LEAST_OF_FILE = 250;
    private static final double MOST_OF_FILE = 450;
    private static final double RESERVE_GIB = 4;
    private static final double GIB = 1L << 30;

    static Optional<Build> of(Evidence evidence, double jobGib) {
        Optional<CpuLimits> cpus = CpuLimits.of(evidence);
        Optional<MemoryLimits> memory = MemoryLimits.of(evidence);
        if (cpus.isEmpty() || memory.isEmpty()) {
            return Optional.empty();
        }
        double byMemory = Math.floor((memory.get().usable() / GIB - RESERVE_GIB) / Math.max(0.1, jobGib));
        int jobs = (int) Math.max(1, Math.min(cpus.get().effective(), byMemory));
        // With more compilers than files the longest file is what counts.
        double rounds = Math.ceil(FILES / (double) jobs);
        return Optional.of(new Build(jobs, rounds * LEAST_OF_FILE, rounds * MOST_OF_FILE));
    }
}
