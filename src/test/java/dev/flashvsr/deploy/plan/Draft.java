package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Products;
import dev.flashvsr.deploy.playbook.Retries;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step in the making: like another one, but for what a test changes. */
final class Draft {
    private final Step like;
    String id;
    String title;
    String script;
    List<String> needs;
    List<String> inputs;
    Map<String, StepFile> files;
    int revision;
    List<String> locks;
    Optional<Duration> timeout;
    Duration checkTimeout;
    long logLimit;
    Retries retries;
    Estimate estimate;
    boolean verify;
    Products products;

    Draft(Step like) {
        this.like = like;
        id = like.id();
        title = like.title();
        script = like.script();
        needs = like.needs();
        inputs = like.inputs();
        files = like.files();
        revision = like.revision();
        locks = like.locks();
        timeout = like.timeout();
        checkTimeout = like.checkTimeout();
        logLimit = like.logLimit();
        retries = like.retries();
        estimate = like.estimate();
        verify = like.verify();
        products = like.products();
    }

    Step step() {
        return new Step(
                id,
                title,
                script,
                needs,
                inputs,
                List.of(),
                files,
                revision,
                locks,
                timeout,
                checkTimeout,
                logLimit,
                retries,
                like.progress(),
                estimate,
                verify,
                products);
    }
}
