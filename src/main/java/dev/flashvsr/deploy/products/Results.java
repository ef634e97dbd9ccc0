package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.TransferReport;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.transfer.Download;
import dev.flashvsr.deploy.transfer.Fetched;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Brings the results of steps to this machine, in place of those of an earlier run. */
public final class Results {
    static final long LARGEST = 1L << 30;

    private final Path directory;
    private final RandomGenerator random;
    private final Clock clock;
    private final RunListener listener;

    /**
     * Of one box.
     *
     * @param results where those of all boxes lie
     * @param label what the user calls the box
     */
    public Results(Path results, String label, RandomGenerator random, Clock clock, RunListener listener) {
        this.directory = results.resolve(safe(label));
        this.random = random;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Fetches those of a step that ran, and tells where they are. What can't be had is told, and is no failure.
     *
     * @param root absolute path on the box
     * @throws DeployException exit status 3 when the link broke and was not back in time
     */
    public void fetch(OverLink link, Step step, String root) throws InterruptedException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : step.products().results()) {
            Path target = directory.resolve(file);
            try (TransferReport report = new TransferReport(listener, clock, file, RunEvent.Way.FROM_BOX)) {
                Optional<Fetched> fetched = link.run(
                        "fetch " + file,
                        (box, works) -> new Download(new BoxShell(box, random))
                                .fetch(root + "/" + file, target, LARGEST, report.hearing(works)));
                if (fetched.isPresent()) {
                    files.put(file, target.toString());
                } else {
                    missing(step, file, "it is not there");
                }
            } catch (DeployException e) {
                if (!link.isOpen()) {
                    throw e;
                }
                missing(step, file, String.valueOf(e.getMessage()));
            }
        }
        if (!files.isEmpty()) {
            listener.on(new RunEvent.StepResults(clock.instant(), step.id(), files));
        }
    }

    private void missing(Step step, String file, String why) {
        listener.on(new RunEvent.Notice(
                clock.instant(), step.id() + ": its result " + file + " was not brought here: " + why));
    }

    /** A name of a directory that leads nowhere else. */
    static String safe(String label) {
        String name = label.replaceAll("[^A-Za-z0-9._@+-]", "_").replaceAll("^\\.", "_");
        return name.isEmpty() ? "_" : name.substring(0, Math.min(name.length(), 120));
    }
}
