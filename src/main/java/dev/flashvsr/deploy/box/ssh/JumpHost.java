package dev.flashvsr.deploy.box.ssh;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One host of a ProxyJump: {@code [user@]host[:port]}, also as {@code ssh://} and with IPv6 in brackets. */
record JumpHost(Optional<String> user, String host, OptionalInt port) {
    private static final Pattern FORM =
            Pattern.compile("(?:ssh://)?(?:(.+)@)?(?:\\[([^]]+)]|([^:@\\[]+))(?::([0-9]{1,5}))?/?");

    static JumpHost parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw SshFailures.unsupported(
                    "ProxyJump " + text + " is not [user@]host[:port].", "Correct the SSH configuration.");
        }
        String host = form.group(2) == null ? form.group(3) : form.group(2);
        OptionalInt port =
                form.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(form.group(4)));
        return new JumpHost(Optional.ofNullable(form.group(1)), host, port);
    }
}
