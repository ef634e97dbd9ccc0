package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block device, as {@code lsblk -P} shows it (probe {@code disk.kind}). In a virtual machine its flags mean nothing, and a
 * container shows those of its host.
 *
 * @param rotating what it says of itself
 * @param transport such as {@code nvme}, {@code sata}; empty for virtual ones
 * @param type such as {@code disk}, {@code part}, {@code crypt}
 */
public record DiskKind(String name, boolean rotating, String transport, String type, String size, String model) {
    private static final Pattern PAIR = Pattern.compile("([A-Z:-]{1,20})=\"([^\"]{0,200})\"");

    /** All of them; those of no size left out. */
    public static List<DiskKind> of(Evidence evidence) {
        return ProbeText.lines(evidence, "disk.kind").stream()
                .map(DiskKind::line)
                .flatMap(Optional::stream)
                .filter(disk -> !disk.size.equals("0B") && !disk.size.equals("0"))
                .toList();
    }

    /** Made by a hypervisor: what it is made of can't be seen. */
    public boolean virtual() {
        return transport.isEmpty() && (name.startsWith("vd") || name.startsWith("xvd") || model.isEmpty())
                || model.contains("QEMU")
                || model.contains("Virtual");
    }

    private static Optional<DiskKind> line(String line) {
        Map<String, String> pairs = new HashMap<>();
        Matcher matcher = PAIR.matcher(line);
        while (matcher.find()) {
            pairs.put(matcher.group(1), matcher.group(2).strip());
        }
        String name = pairs.getOrDefault("NAME", "");
        // One that does not say whether it turns says nothing.
        return name.isEmpty() || !pairs.getOrDefault("ROTA", "").matches("[01]")
                ? Optional.empty()
                : Optional.of(new DiskKind(
                        name,
                        pairs.getOrDefault("ROTA", "").equals("1"),
                        pairs.getOrDefault("TRAN", ""),
                        pairs.getOrDefault("TYPE", ""),
                        pairs.getOrDefault("SIZE", ""),
                        pairs.getOrDefault("MODEL", "")));
    }
}
