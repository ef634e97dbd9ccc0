package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.fetch.GitBundles;
import dev.flashvsr.deploy.fetch.HttpDownloads;
import dev.flashvsr.deploy.fetch.Store;
import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.process.LocalCommand;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets what steps would download to the box by way of this machine, before anything is run there. */
public final class Relay {
    private final RelayedHosts hosts;
    private final Path stateDirectory;
    private final Map<String, String> environment;

    /**
     * For downloads from these hosts.
     *
     * @param stateDirectory what is fetched is kept below it, in {@code downloads} and {@code git}
     * @param environment of the caller: proxies, and {@code PIP_INDEX_URL}
     */
    public Relay(RelayedHosts hosts, Path stateDirectory, Map<String, String> environment) {
        this.hosts = hosts;
        this.stateDirectory = stateDirectory;
        this.environment = Map.copyOf(environment);
    }

    /** Where files are kept, by their SHA-256. */
    public Store store() {
        return new Store(stateDirectory.resolve("downloads"));
    }

    /**
     * Asks the steps that will run, or may, what they would still fetch.
     *
     * @param offered keys of the entries that go to the box from the user's caches, by the step's id
     * @throws DeployException exit status 1, when one asks for what its inputs do not pin
     */
    public RelayPlan ask(Box box, Plan plan, StepFunctions functions, Map<String, String> offered) {
        List<PlannedStep> steps = plan.steps().stream()
                .filter(step -> step.action().runs() || step.action() == Action.UNKNOWN || step.force())
                .toList();
        if (hosts.isNone() || steps.isEmpty()) {
            return RelayPlan.NONE;
        }
        Map<String, List<String>> answers = functions.call(box, plan, steps, "downloads", offered);
        Map<String, Download> downloads = new LinkedHashMap<>();
        Map<String, Long> estimates = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (PlannedStep step : steps) {
            if (!answers.containsKey(step.id())) {
                others.add(step.id() + ": what it fetches could not be found out");
                continue;
            }
            DownloadLines.Said said = new DownloadLines(
                            step.step(), step.values(), plan.root().orElseThrow(), index())
                    .read(answers.getOrDefault(step.id(), List.of()));
            said.others().forEach(text -> others.add(step.id() + ": " + text));
            said.downloads().stream()
                    .filter(download -> hosts.covers(download.host()))
                    .forEach(download -> downloads.putIfAbsent(download.place(), download));
            said.downloads().stream()
                    .map(Download::host)
                    .filter(host -> !hosts.covers(host))
                    .distinct()
                    .forEach(host -> others.add(step.id() + ": what comes from " + host));
            step.step().estimate().download().ifPresent(bytes -> estimates.put(step.id(), bytes));
        }
        return new RelayPlan(downloads.values(), others, estimates);
    }

    /**
     * Fetches and sends, both at once. What was done stays when it is interrupted, here and on the box.
     *
     * @throws DeployException exit status 1 when something can't be fetched or written; 3 when the box is not reached any more
     */
    public void run(Context context, OverLink link, RelayPlan plan) throws InterruptedException {
        if (plan.isEmpty()) {
            return;
        }
        if (plan.needsGit() && LocalCommand.find("git").isEmpty()) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "There is no git on this machine, and repositories are to go through it.",
                    "Install git here, or leave their hosts to the box: --relay=HOST for each of the others.");
        }
        Store store = store();
        Fetcher fetcher = new Fetcher(
                store,
                new HttpDownloads(store, environment, context.sleeper()::sleep, context.clock()),
                new GitBundles(new Store(stateDirectory.resolve("git")), environment),
                context.secrets());
        Conveyor conveyor = new Conveyor(context, fetcher, link);
        long sent = conveyor.run(plan.downloads());
        context.listener()
                .on(new RunEvent.Notice(
                        context.clock().instant(),
                        "What steps would download is on the box: " + plan.count() + " downloads, of which "
                                + sent / 1_000_000 + " MB were sent now. They are kept here in " + store.directory()
                                + ", for the next box."));
    }

    private URI index() {
        return Optional.ofNullable(environment.get("PIP_INDEX_URL"))
                .filter(address -> Addresses.host(address).isPresent())
                .flatMap(Addresses::uri)
                .orElse(URI.create(RelayedHosts.DEFAULT_INDEX));
    }
}
