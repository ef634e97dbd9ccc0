package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The hosts whose downloads go through this machine: none, some, or all. */
public final class RelayedHosts {
    /** Nothing goes through here. */
    public static final RelayedHosts NONE = new RelayedHosts(Set.of(), false);

    /** The index that pip uses where nobody names another, as Python's documentation says. */
    static final String DEFAULT_INDEX = "https://pypi.org/simple";

    private final Set<String> hosts;
    private final boolean all;

    private RelayedHosts(Set<String> hosts, boolean all) {
        this.hosts = hosts;
        this.all = all;
    }

    /**
     * What {@code --relay} says: nothing after it stands for all hosts; a host stands for those below it, too.
     *
     * @throws DeployException exit status 2, when a playbook with these values downloads nothing from one of them
     */
    public static RelayedHosts of(List<String> named, Playbook playbook, Map<String, String> values) {
        if (named.isEmpty()) {
            return new RelayedHosts(Set.of(), true);
        }
        SortedSet<String> known = new TreeSet<>(Addresses.hosts(playbook.steps(), values));
        Addresses.host(DEFAULT_INDEX).ifPresent(known::add);
        List<String> wanted = new ArrayList<>();
        for (String name : named) {
            String host = name.strip().toLowerCase(Locale.ROOT);
            if (known.stream().noneMatch(one -> isBelow(one, host))) {
                throw new DeployException(
                        ExitCode.USAGE,
                        "--relay " + Words.quoted(name) + ": the playbook " + playbook.name()
                                + " downloads nothing from there.",
                        Words.hint(host, known).orElse(""));
            }
            wanted.add(host);
        }
        return new RelayedHosts(Set.copyOf(wanted), false);
    }

    /** Whether nothing goes through here. */
    public boolean isNone() {
        return !all && hosts.isEmpty();
    }

    /** Whether what comes from this host goes through here. */
    public boolean covers(String host) {
        return all || hosts.stream().anyMatch(one -> isBelow(host, one));
    }

    /** Whether every address among these values goes through here, and there is one. */
    public boolean coversAll(List<String> values) {
        List<String> named = values.stream()
                .flatMap(value -> Addresses.host(value.strip()).stream())
                .toList();
        return !named.isEmpty() && named.stream().allMatch(this::covers);
    }

    private static boolean isBelow(String host, String other) {
        return host.equals(other) || host.endsWith("." + other);
    }
}
