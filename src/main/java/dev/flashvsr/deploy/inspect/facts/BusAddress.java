package dev.flashvsr.deploy.inspect.facts;

import java.util.Locale;

/** Addresses on the PCI bus, which every tool writes with another number of zeros in front. */
final class BusAddress {
    private BusAddress() {}

    /** Whether the two are one. */
    static boolean isSame(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String address) {
        return address.strip().toLowerCase(Locale.ROOT).replaceFirst("^0+(?=[0-9a-f:])", "");
    }
}
