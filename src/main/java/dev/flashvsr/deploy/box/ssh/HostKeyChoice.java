package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The unknown host keys that the user accepts beforehand on the whole way to a box. A bare fingerprint is that of the box: it
 * must show this key. A jump host has one of its own ({@code HOST=SHA256:…}), so that it can't answer in the box's place with
 * the key that was accepted for it; the box's own fingerprint does for a jump host that shows the very same key.
 *
 * @param acceptNew accept whatever a host shows the first time
 * @param box the fingerprint that the box must show
 * @param jumps fingerprints of jump hosts by name
 */
public record HostKeyChoice(boolean acceptNew, Optional<String> box, Map<String, String> jumps) {
    private static final Pattern FORM = Pattern.compile("(?:(.+)=)?((?:SHA256:)?[A-Za-z0-9+/]{43}=*)");

    /**
     * As given on the command line: {@code SHA256:…} and {@code HOST=SHA256:…}.
     *
     * @throws DeployException exit status 2 when one is no fingerprint, or there are two of one host
     */
    public static HostKeyChoice of(boolean acceptNew, List<String> given) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String text : given) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw usage(
                        "--host-key " + text + " is no fingerprint.",
                        "It is SHA256: and 43 characters, as ssh-keygen -lf prints it; for a jump host HOST=SHA256:…");
            }
            String host = form.group(1) == null ? "" : form.group(1);
            if (named.put(host, form.group(2)) != null) {
                throw usage(
                        "--host-key is given twice for " + (host.isEmpty() ? "the box" : host) + ".",
                        "A bare fingerprint is that of the box; name the jump host of the other one: --host-key HOST=SHA256:…");
            }
        }
        Optional<String> box = Optional.ofNullable(named.remove(""));
        return new HostKeyChoice(acceptNew, box, named);
    }

    /**
     * The settings of a box and its jump hosts with this choice over what the configuration says.
     *
     * @throws DeployException exit status 2 when a fingerprint is for a host that is not on the way
     */
    public SshSettings over(SshSettings settings) {
        jumps.keySet().stream()
                .filter(name ->
                        settings.jumps().stream().noneMatch(jump -> names(jump).contains(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw usage(
                            "--host-key " + name + "=… is for no jump host on the way to " + settings.label() + ".",
                            jumpHosts(settings));
                });
        HostKeyPolicy policy =
                box.<HostKeyPolicy>map(HostKeyPolicy.Exactly::new).orElse(usual(settings));
        return settings.withHostKeys(policy)
                .withJumps(settings.jumps().stream()
                        .map(jump -> jump.withHostKeys(forJump(jump)))
                        .toList());
    }

    private HostKeyPolicy forJump(SshSettings jump) {
        Optional<HostKeyPolicy> named = names(jump).stream()
                .filter(jumps::containsKey)
                .findFirst()
                .map(name -> new HostKeyPolicy.Exactly(jumps.getOrDefault(name, "")));
        return named.or(() -> box.map(HostKeyPolicy.AcceptIf::new)).orElse(usual(jump));
    }

    private HostKeyPolicy usual(SshSettings settings) {
        return acceptNew ? new HostKeyPolicy.AcceptNew() : settings.hostKeys();
    }

    private static Set<String> names(SshSettings jump) {
        return new LinkedHashSet<>(List.of(
                jump.label(), jump.host(), jump.host() + ":" + jump.port(), "[" + jump.host() + "]:" + jump.port()));
    }

    private static String jumpHosts(SshSettings settings) {
        String hosts = settings.jumps().stream().map(SshSettings::label).collect(Collectors.joining(", "));
        return hosts.isEmpty()
                ? "There is none: the SSH configuration has no ProxyJump for it. A fingerprint of the box is given alone."
                : "The jump hosts are: " + hosts + ".";
    }

    private static DeployException usage(String what, String next) {
        return new DeployException(ExitCode.USAGE, what, next);
    }
}
