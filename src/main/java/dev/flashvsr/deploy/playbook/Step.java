package dev.flashvsr.deploy.playbook;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step, as the playbook describes it.
 *
 * @param script bash that defines {@code check} and {@code apply}
 * @param needs ids of steps that must be as wanted before
 * @param inputs names of variables that the result depends on
 * @param secrets names of the playbook's secrets that reach apply; no part of the fingerprint
 * @param files name below {@code $STEP_FILES} to content; the name is the path as the playbook writes it
 * @param locks steps that share one never run at the same time
 * @param timeout of one apply; empty: none
 * @param checkTimeout of the runner's own checks
 * @param logLimit in bytes
 * @param progress which log format live progress is read from
 * @param verify whether {@code verify} runs it anew
 * @param products what it leaves behind
 */
public record Step(
        String id,
        String title,
        String script,
        List<String> needs,
        List<String> inputs,
        List<String> secrets,
        Map<String, StepFile> files,
        int revision,
        List<String> locks,
        Optional<Duration> timeout,
        Duration checkTimeout,
        long logLimit,
        Retries retries,
        Optional<ProgressFormat> progress,
        Estimate estimate,
        boolean verify,
        Products products) {
    /** Keeps copies, in the order given. */
    public Step {
        needs = List.copyOf(needs);
        inputs = List.copyOf(inputs);
        secrets = List.copyOf(secrets);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        locks = List.copyOf(locks);
    }

    /** The same step with these needs. */
    Step needing(List<String> ids) {
        return with(ids, estimate);
    }

    /** The same step, expected to take this. */
    public Step taking(Estimate other) {
        return with(needs, other);
    }

    private Step with(List<String> ids, Estimate expected) {
        return new Step(
                id,
                title,
                script,
                ids,
                inputs,
                secrets,
                files,
                revision,
                locks,
                timeout,
                checkTimeout,
                logLimit,
                retries,
                progress,
                expected,
                verify,
                products);
    }
}
