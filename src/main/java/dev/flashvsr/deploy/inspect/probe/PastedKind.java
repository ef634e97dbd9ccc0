package dev.flashvsr.deploy.inspect.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises what a piece of pasted text is, by its own words first, then by the command above it. */
final class PastedKind {
    private static final Pattern QUERY = Pattern.compile("--query-gpu[= ]([a-z0-9_.,]{1,2000})");
    private static final Pattern HEADER = Pattern.compile(
            "(?m)^(index|name|gpu_name|uuid|gpu_uuid|driver_version|timestamp|memory\\.total|pci\\.bus_id)( \\[[A-Za-z%]+\\])?, ?[a-z_]+[a-z_.]*.*$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^\\s+total +used +free");
    private static final Pattern UNAME =
            Pattern.compile("(?m)^Linux \\S{1,100} ([0-9]\\S{1,100}) .*?\\b(x86_64|aarch64|ppc64le)\\b");
    private static final Pattern RELEASE = Pattern.compile("(?m)^(ID|VERSION_ID|PRETTY_NAME)=");
    private static final Pattern NVCC = Pattern.compile("release ([0-9]{1,2}\\.[0-9]{1,2}), V([0-9.]{3,20})");
    private static final Pattern LIMITS = Pattern.compile("(?m)^(core file size|max user processes|open files)\\s+\\(");
    private static final Pattern SMI = Pattern.compile(
            "NVIDIA-SMI|Failed to initialize NVML|Unable to (determine|detect) the device handle for|No devices were found|nvidia-smi: (command )?not found");

    private static final Pattern LIST_FAULT =
            Pattern.compile("(?m)^\\s*GPU [0-9]{1,3}: (ERR!|\\[?(Unknown Error|GPU is lost|GPU requires reset)).*$");

    /** What a piece is: the id of a probe, and the text in the shape that its parser reads. */
    record Found(String id, String text) {}

    private PastedKind() {}

    static List<Found> of(PastedPiece piece) {
        String text = piece.text();
        String command = piece.command();
        List<Found> found = new ArrayList<>();
        if (text.contains("<nvidia_smi_log") || text.contains("<product_name>") && text.contains("<fb_memory_usage>")) {
            found.add(new Found("gpu.xml", withRoot(text)));
            return found;
        }
        if (text.contains("NVSMI LOG") || text.contains("FB Memory Usage")) {
            found.add(new Found("gpu.text", text.contains("NVSMI LOG") ? text : "=NVSMI LOG=\n" + text));
            return found;
        }
        gpu(text, command, found);
        system(text, command, found);
        return List.copyOf(found);
    }

    private static void gpu(String text, String command, List<Found> found) {
        if (text.contains("(UUID: GPU-")
                || text.contains("(UUID: MIG-")
                || LIST_FAULT.matcher(text).find()) {
            found.add(new Found("gpu.list", text));
        }
        if (SMI.matcher(text).find() || text.contains("MiB /") && text.contains("|===")) {
            found.add(new Found("gpu.table", text));
        }
        Matcher query = QUERY.matcher(command);
        if (HEADER.matcher(text).find()) {
            found.add(new Found(text.contains("used_gpu_memory") ? "gpu.apps" : "gpu.query", text));
        } else if (query.find() && command.contains("noheader")) {
            found.add(new Found("gpu.query", query.group(1).replace(",", ", ") + "\n" + text));
        } else if (query.reset().find()) {
            found.add(new Found("gpu.query", text));
        }
    }

    private static void system(String text, String command, List<Found> found) {
        if (RELEASE.matcher(text).find() && text.contains("ID=")) {
            found.add(new Found("os.release", text));
        }
        Matcher uname = UNAME.matcher(text);
        if (uname.find()) {
            found.add(new Found("os.uname", "Linux " + uname.group(1) + " " + uname.group(2)));
        }
        if (text.contains("Architecture:") && text.contains("CPU(s):")) {
            found.add(new Found("cpu.lscpu", text));
        }
        if (MEMORY.matcher(text).find() || text.contains("Mem:") && command.startsWith("free")) {
            found.add(new Found("mem.free", text));
            PastedMemory.asInfo(text, command).ifPresent(info -> found.add(new Found("mem.info", info)));
        }
        if (text.contains("MemTotal:")) {
            found.add(new Found("mem.info", text));
        }
        if (text.contains("Filesystem") && (text.contains("Mounted on") || text.contains("Use%"))) {
            found.add(new Found("disk.free", text));
        }
        Matcher nvcc = NVCC.matcher(text);
        if (nvcc.find()) {
            found.add(new Found("nvcc.version", text));
        }
        if (LIMITS.matcher(text).find() || command.startsWith("ulimit")) {
            found.add(new Found("os.ulimit", text));
        }
    }

    /** One that was cut at its start has no root any more: then it gets one. */
    private static String withRoot(String text) {
        if (text.contains("<nvidia_smi_log")) {
            return text;
        }
        int card = text.indexOf("<gpu ");
        int name = text.indexOf("<product_name>");
        return card >= 0 && card < name
                ? "<nvidia_smi_log>" + text.substring(card)
                : "<nvidia_smi_log><gpu>" + text.substring(name);
    }
}
