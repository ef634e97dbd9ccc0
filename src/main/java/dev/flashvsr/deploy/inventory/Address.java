package dev.flashvsr.deploy.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of what makes up an address. None may begin with a dash: a program would take it for an option. */
final class Address {
    static final int MAX_PORT = 65_535;

    private static final int MAX_LENGTH = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** A name, an IPv4 address or an alias of the SSH configuration. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private static final Pattern IPV6 =
            Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@+\\\\-]*\\$?");

    private Address() {}

    /** Why {@code name} can't name a box of the inventory, to follow it; empty if it can. */
    static Optional<String> wrongName(String name) {
        if (name.equals(Target.LOCAL)) {
            return Optional.of("means this machine and can't name another");
        }
        return NAME.matcher(name).matches() && name.length() <= MAX_LENGTH
                ? Optional.empty()
                : Optional.of("can't name a box: letters, digits, \".\", \"_\" and \"-\" can");
    }

    /** Why {@code host} is no host name, IPv4 or IPv6 address; empty if it is one. */
    static Optional<String> wrongHost(String host) {
        boolean right = host.length() <= MAX_LENGTH && (HOST.matcher(host).matches() || isIpv6(host));
        return right ? Optional.empty() : Optional.of("is not a host name or an address");
    }

    static boolean isIpv6(String host) {
        return IPV6.matcher(host).matches();
    }

    /** Why {@code user} is no user name; empty if it is one. */
    static Optional<String> wrongUser(String user) {
        return USER.matcher(user).matches() && user.length() <= MAX_LENGTH
                ? Optional.empty()
                : Optional.of("is not a user name");
    }
}
