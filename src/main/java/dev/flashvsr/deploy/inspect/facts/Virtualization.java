package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What the box is, by probes {@code os.virt} and {@code os.container}.
 *
 * @param container the kind of container; empty where no sign of one was seen
 * @param vm the hypervisor; empty where none was seen
 * @param hypervisorFlag whether the processor says that it is virtual; empty where it could not be read
 * @param detected systemd-detect-virt was there and answered
 * @param provider of the kinds of boxes that behave in a way of their own: {@code runpod}, {@code vast}, {@code kubernetes}, {@code jupyterhub}
 * @param systemd whether it is what started everything
 */
public record Virtualization(
        Optional<String> container,
        Optional<String> vm,
        Optional<Boolean> hypervisorFlag,
        boolean detected,
        Optional<String> provider,
        boolean systemd,
        Optional<String> product) {

    /** Empty where neither probe answered. */
    public static Optional<Virtualization> of(Evidence evidence) {
        List<String> virt = ProbeText.lines(evidence, "os.virt");
        List<String> marks = ProbeText.lines(evidence, "os.container");
        if (virt.isEmpty() && marks.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> container = named(virt, "container").or(() -> byMarks(marks));
        Optional<Boolean> flag = ProbeText.value(virt, "hypervisor").map(value -> value.equals("yes"));
        Optional<String> vm = named(virt, "vm").or(() -> flag.filter(set -> set).map(set -> "a hypervisor"));
        return Optional.of(new Virtualization(
                container,
                vm,
                flag,
                ProbeText.value(virt, "container").isPresent()
                        || ProbeText.value(virt, "vm").isPresent(),
                provider(marks),
                ProbeText.value(marks, "systemd").filter("yes"::equals).isPresent(),
                ProbeText.value(virt, "product_name")));
    }

    private static Optional<String> named(List<String> lines, String name) {
        return ProbeText.value(lines, name).filter(value -> !value.equals("none") && value.matches("[\\w .-]{1,40}"));
    }

    private static Optional<String> byMarks(List<String> lines) {
        List<String> markers = ProbeText.values(lines, "marker");
        String groups = String.join("\n", ProbeText.values(lines, "cgroup"));
        if (markers.contains("/.dockerenv") || groups.contains("/docker")) {
            return Optional.of("docker");
        }
        if (markers.contains("/run/.containerenv")) {
            return Optional.of("podman");
        }
        if (groups.contains("kubepods") || markers.contains("/var/run/secrets/kubernetes.io")) {
            return Optional.of("kubernetes");
        }
        if (groups.contains("/lxc") || markers.contains("/dev/lxd/sock")) {
            return Optional.of("lxc");
        }
        boolean layered =
                ProbeText.value(lines, "rootfs").filter("overlay"::equals).isPresent();
        return layered
                        || provider(lines)
                                .filter(name -> !name.equals("jupyterhub"))
                                .isPresent()
                ? Optional.of("container")
                : Optional.empty();
    }

    private static Optional<String> provider(List<String> lines) {
        List<String> markers = ProbeText.values(lines, "marker");
        List<String> variables = ProbeText.values(lines, "variable");
        if (markers.contains("/etc/rp_environment") || variables.contains("RUNPOD_POD_ID")) {
            return Optional.of("runpod");
        }
        if (markers.stream().anyMatch(mark -> mark.contains("vast")) || variables.contains("VAST_CONTAINERLABEL")) {
            return Optional.of("vast");
        }
        if (variables.contains("JUPYTERHUB_USER")) {
            return Optional.of("jupyterhub");
        }
        return variables.contains("KUBERNETES_SERVICE_HOST") ? Optional.of("kubernetes") : Optional.empty();
    }
}
