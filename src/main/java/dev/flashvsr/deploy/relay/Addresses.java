package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.playbook.Step;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Addresses as a playbook's variables have them: of the web and of Git, {@code user@host:path} among them. */
final class Addresses {
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9._-]+@([A-Za-z0-9.-]+):[^\\s]+");

    private Addresses() {}

    /** The host of an address, in lower case; empty for what is none. */
    static Optional<String> host(String address) {
        Matcher git = SHORT.matcher(address);
        if (git.matches()) {
            return Optional.of(git.group(1).toLowerCase(Locale.ROOT));
        }
        return address.matches("(?i)(https?|ssh|git)://\\S+")
                ? uri(address)
                        .flatMap(at -> Optional.ofNullable(at.getHost()))
                        .map(host -> host.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** The part of an address that says whose it is: all before the path. */
    static Optional<String> origin(String address) {
        Matcher git = SHORT.matcher(address);
        if (git.matches()) {
            return Optional.of(address.substring(0, address.indexOf(':')));
        }
        return host(address)
                .flatMap(host -> uri(address))
                .map(at -> at.getScheme().toLowerCase(Locale.ROOT) + "://" + at.getRawAuthority());
    }

    /** Every host that an input of these steps names. */
    static SortedSet<String> hosts(Collection<Step> steps, Map<String, String> values) {
        SortedSet<String> hosts = new TreeSet<>();
        steps.stream()
                .flatMap(step -> values(step, values))
                .forEach(value -> host(value).ifPresent(hosts::add));
        return hosts;
    }

    /** The values of a step's inputs. */
    static Stream<String> values(Step step, Map<String, String> values) {
        return step.inputs().stream().map(name -> values.getOrDefault(name, "").strip());
    }

    static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
