package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The box's clock (probe {@code os.clock}).
 *
 * @param ahead seconds that it is ahead of the server's that answered; empty where none did
 * @param host that server
 * @param synchronised what the system says of itself
 */
public record Clock(OptionalLong ahead, String host, Optional<Boolean> synchronised) {
    /** Empty where the box's time can't be read. */
    public static Optional<Clock> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "os.clock");
        OptionalLong box = ProbeText.value(lines, "box").map(ProbeText::number).orElse(OptionalLong.empty());
        if (box.isEmpty()) {
            return Optional.empty();
        }
        String[] server = ProbeText.value(lines, "server").orElse("").split("\\|", 2);
        OptionalLong other = ProbeText.number(server[0]);
        return Optional.of(new Clock(
                other.isPresent() ? OptionalLong.of(box.getAsLong() - other.getAsLong()) : OptionalLong.empty(),
                server.length > 1 ? server[1] : "",
                ProbeText.value(lines, "synchronized").map("yes"::equals)));
    }
}
