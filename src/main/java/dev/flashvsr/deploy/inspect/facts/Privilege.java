package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who we are and what we may (probes {@code user.id}, {@code user.sudo}, {@code user.caps}).
 *
 * @param sudo how sudo without a password went; for root it needs none
 * @param systemAdmin whether the kernel lets root mount and change its settings (CAP_SYS_ADMIN); empty where it can't be read
 * @param said what sudo said when it refused
 */
public record Privilege(long uid, String user, Sudo sudo, Optional<Boolean> systemAdmin, String said) {
    private static final Pattern ID = Pattern.compile("uid=([0-9]{1,10})\\(([^)]{0,64})\\)?.*");
    private static final Pattern EFFECTIVE = Pattern.compile("CapEff:\\s*([0-9a-f]{1,16})");

    /** Bit 21 of the kernel's list of capabilities. */
    private static final int SYS_ADMIN = 21;

    /** Ways in which {@code sudo -n true} can go. */
    public enum Sudo {
        /** Works, or is not needed. */
        YES,
        /** Asks for a password. */
        PASSWORD,
        /** This user may not use it. */
        REFUSED,
        MISSING,
        UNKNOWN
    }

    /** Empty where the user is unknown. */
    public static Optional<Privilege> of(Evidence evidence) {
        return ProbeText.lines(evidence, "user.id").stream()
                .map(ID::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(line -> of(evidence, Long.parseLong(line.group(1)), line.group(2)));
    }

    /** Whether packages of the system can be installed. */
    public boolean mayInstall() {
        return uid == 0 || sudo == Sudo.YES;
    }

    /** Whether that much is known. */
    public boolean known() {
        return uid == 0 || sudo != Sudo.UNKNOWN;
    }

    private static Privilege of(Evidence evidence, long uid, String user) {
        List<String> lines = ProbeText.lines(evidence, "user.sudo");
        String said = ProbeText.value(lines, "said").orElse("");
        Optional<Boolean> admin = ProbeText.lines(evidence, "user.caps").stream()
                .map(EFFECTIVE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(line -> (Long.parseUnsignedLong(line.group(1), 16) >>> SYS_ADMIN & 1) == 1);
        return new Privilege(uid, user, sudo(ProbeText.value(lines, "sudo").orElse(""), said, uid), admin, said);
    }

    private static Sudo sudo(String word, String said, long uid) {
        return switch (word) {
            case "root", "yes" -> Sudo.YES;
            case "missing" -> uid == 0 ? Sudo.YES : Sudo.MISSING;
            // sudo: a password is required / USER is not in the sudoers file / may not run sudo on HOST
            case "no" ->
                said.contains("not in the sudoers") || said.contains("may not run") || said.contains("not allowed")
                        ? Sudo.REFUSED
                        : Sudo.PASSWORD;
            default -> uid == 0 ? Sudo.YES : Sudo.UNKNOWN;
        };
    }
}
