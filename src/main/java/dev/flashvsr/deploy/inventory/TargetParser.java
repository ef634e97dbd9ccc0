package dev.flashvsr.deploy.inventory;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes {@code [user@]host[:port]} apart. */
final class TargetParser {
    private static final Pattern BRACKETS = Pattern.compile("\\[([^]]*)](?::(.*))?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final String text;
    private final Inventory inventory;

    TargetParser(String text, Inventory inventory) {
        this.text = text;
        this.inventory = inventory;
    }

    Target.Remote parse() {
        if (text.contains("://")) {
            fail("an address has no \"://\"");
        }
        int at = text.lastIndexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
        user.flatMap(Address::wrongUser).ifPresent(why -> fail("the part before the @ " + why));
        String rest = text.substring(at + 1);
        Matcher brackets = BRACKETS.matcher(rest);
        if (brackets.matches()) {
            String host = String.valueOf(brackets.group(1));
            if (!Address.isIpv6(host)) {
                fail("in the brackets is no IPv6 address");
            }
            return remote(user, host, Optional.ofNullable(brackets.group(2)));
        }
        if (Address.isIpv6(rest)) {
            fail("an IPv6 address needs brackets: [" + rest + "]");
        }
        int colon = rest.indexOf(':');
        String host = colon < 0 ? rest : rest.substring(0, colon);
        Address.wrongHost(host).ifPresent(why -> fail(Words.quoted(host) + " " + why));
        return remote(user, host, colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1)));
    }

    private Target.Remote remote(Optional<String> user, String host, Optional<String> port) {
        OptionalInt number = port.map(this::port).orElse(OptionalInt.empty());
        return new Target.Remote(text, user, host, number, Optional.empty(), Optional.empty(), List.of(), false);
    }

    private OptionalInt port(String port) {
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > Address.MAX_PORT) {
            fail("the port must be a number from 1 to " + Address.MAX_PORT + ", not " + Words.quoted(port));
        }
        return OptionalInt.of(number);
    }

    private void fail(String why) {
        String names = inventory.boxes().isEmpty()
                ? "a name in env/boxes.yaml"
                : "a name in env/boxes.yaml ("
                        + String.join(", ", inventory.boxes().keySet()) + ")";
        throw new DeployException(
                ExitCode.USAGE,
                "The target " + Words.quoted(text) + " can't be read: " + why + ".",
                "A target is: local; " + names
                        + "; an alias of ~/.ssh/config; or [user@]host[:port], such as root@203.0.113.7:40022 or"
                        + " root@[2001:db8::7]:22.");
    }
}
