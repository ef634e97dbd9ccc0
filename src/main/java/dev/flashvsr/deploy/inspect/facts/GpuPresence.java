package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a card is on the box, from the probe {@code gpu.where}, which asks neither tool nor library.
 *
 * @param smi where nvidia-smi lies
 * @param driver the version of the kernel's driver, such as 550.54.15: in a container the host's
 * @param nodes device files that may be read and written, such as {@code /dev/nvidia0}
 * @param closed device files that may not
 * @param pci NVIDIA's cards on the PCI bus, by address
 * @param nouveau the kernel holds the card with its own driver, which CUDA can't use
 */
public record GpuPresence(
        Optional<String> smi,
        Optional<String> driver,
        List<String> nodes,
        List<String> closed,
        List<String> pci,
        boolean nouveau) {
    private static final Pattern VERSION = Pattern.compile("Kernel Module\\D{0,60}([0-9]{3,4}\\.[0-9.]{2,12})");
    private static final int MOST = 2000;

    /** Keeps copies. */
    public GpuPresence {
        nodes = List.copyOf(nodes);
        closed = List.copyOf(closed);
        pci = List.copyOf(pci);
    }

    /** Empty where the probe did not run. */
    public static Optional<GpuPresence> of(Evidence evidence) {
        return evidence.of("gpu.where").filter(Output::ok).map(output -> of(output.text()));
    }

    /** The kernel has its driver, but no card's device file reached this box: a container that was given none. */
    public boolean isWithoutNodes() {
        return driver.isPresent() && nodes.stream().noneMatch(GpuPresence::isCard) && closed.isEmpty();
    }

    private static boolean isCard(String node) {
        return node.matches("/dev/nvidia[0-9]+|/dev/dxg");
    }

    private static GpuPresence of(String text) {
        Optional<String> smi = Optional.empty();
        Optional<String> driver = Optional.empty();
        List<String> nodes = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        List<String> pci = new ArrayList<>();
        boolean nouveau = false;
        for (String line : text.lines().limit(MOST).toList()) {
            String value = line.substring(line.indexOf('=') + 1).strip();
            if (line.startsWith("smi=")) {
                smi = Optional.of(value);
            } else if (line.startsWith("driver=")) {
                Matcher version = VERSION.matcher(value);
                driver = version.find() ? Optional.of(version.group(1)) : driver;
            } else if (line.startsWith("device=")) {
                String[] node = value.split(" ", 2);
                (node.length > 1 && node[1].equals("rw") ? nodes : closed).add(node[0]);
            } else if (line.startsWith("pci=")) {
                pci.add(value);
            } else if (line.equals("module=nouveau")) {
                nouveau = true;
            }
        }
        return new GpuPresence(smi, driver, nodes, closed, pci, nouveau);
    }
}
