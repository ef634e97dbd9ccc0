package dev.flashvsr.deploy.inspect.pasted;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the outputs of one machine into what our own probes would have printed there; each keeps the lines that it was made of. */
final class Conversion {
    private static final Pattern UNAME_ALL = Pattern.compile(
            "(?m)^Linux \\S{1,100} ([0-9]\\S{1,100}) .*?\\b(x86_64|aarch64|arm64|armv[78]l|i[3-6]86|ppc64le|s390x|riscv64|loongarch64)\\b");
    private static final Pattern UNAME_SHORT = Pattern.compile("(?m)^Linux ([0-9]\\S{1,100}) (\\w{3,20})\\s*$");
    private static final Pattern ARCHITECTURE =
            Pattern.compile("(?m)^(x86_64|aarch64|arm64|armv[78]l|i[3-6]86|ppc64le|s390x|riscv64|loongarch64)\\s*$");
    private static final Pattern NVCC = Pattern.compile("release ([0-9]{1,2}\\.[0-9]{1,2})(?:, V([0-9.]{3,20}))?");
    private static final Pattern PYTHON = Pattern.compile("Python ([0-9]\\.[0-9]{1,2}(?:\\.[0-9]{1,3})?)");
    private static final Pattern MODEL = Pattern.compile(
            "\\b(?:WDDM|TCC|MCDM)\\s*\\||Driver-Model|TCC/WDDM"
                    + "|<(?:current_dm|driver_model)>\\s*(?:WDDM|TCC|MCDM)|Driver Model\\s*\\n\\s*Current\\s*: (?:WDDM|TCC|MCDM)");
    private static final Pattern NAMED_SYSTEM =
            Pattern.compile("(?i)(ubuntu|debian)\\D{0,20}([0-9]{1,2}(?:\\.[0-9]{1,2})?)");

    private final Map<String, Output> outputs = new LinkedHashMap<>();

    /** Those that a plainer source replaces. */
    private final Set<String> weak = new TreeSet<>();

    private Conversion() {}

    static Evidence of(List<Block> blocks) {
        Conversion conversion = new Conversion();
        blocks.forEach(conversion::add);
        return new Evidence(conversion.outputs);
    }

    private void add(Block block) {
        String text = block.text();
        if (block.windows() && isOfCard(block) || MODEL.matcher(text).find()) {
            put("os.release", "ID=windows\nNAME=Windows\nPRETTY_NAME=\"Windows\"\n", block, true);
        }
        switch (block.kind()) {
            case XML -> put("gpu.xml", withRoot(text), block, false);
            case LOG -> put("gpu.text", text.contains("NVSMI LOG") ? text : "=NVSMI LOG=\n" + text, block, false);
            case TABLE -> put("gpu.table", text, block, false);
            case LIST -> put("gpu.list", text, block, false);
            case CSV -> csv(block);
            case MESSAGE -> message(String.join(" ", block.lines()), block);
            case NO_TOOL -> message("nvidia-smi: command not found", block);
            case XID -> put("gpu.xid", "lines=" + block.lines().size() + "\n" + text, block, false);
            default -> system(block, text);
        }
    }

    private void system(Block block, String text) {
        switch (block.kind()) {
            case LSCPU -> processors(block);
            case UNAME -> uname(text).ifPresent(said -> put("os.uname", said, block, false));
            case NPROC -> put("cpu.count", "nproc=" + text.replaceAll("[^0-9]", "") + "\n", block, false);
            case FREE -> {
                put("mem.free", text, block, false);
                MemoryTable.asMemInfo(block.lines(), block.command())
                        .ifPresent(info -> put("mem.info", info, block, false));
            }
            case MEMINFO -> put("mem.info", text, block, false);
            case DF -> disks(block);
            case NVCC -> nvcc(block);
            case PYTHON -> python(block);
            case ULIMIT ->
                LimitTable.asPidsLimits(block.lines(), block.command())
                        .ifPresent(limits -> put("pids.limits", limits, block, false));
            case RELEASE -> put("os.release", release(text), block, false);
            case LIBC -> put("os.libc", text, block, false);
            default -> {
                // Those of the card are done.
            }
        }
    }

    private void processors(Block block) {
        put("cpu.lscpu", block.text(), block, false);
        CpuListing.architecture(block.lines())
                .ifPresent(name ->
                        put("os.uname", "Linux - " + (name.equals("arm64") ? "aarch64" : name) + "\n", block, true));
        CpuListing.count(block.lines()).ifPresent(count -> put("cpu.count", "nproc=" + count + "\n", block, true));
        CpuListing.hypervisor(block.lines())
                .ifPresent(name ->
                        put("os.virt", "vm=" + name.toLowerCase(Locale.ROOT) + "\nhypervisor=yes\n", block, true));
    }

    private void disks(Block block) {
        DiskTable table = DiskTable.of(block.lines(), block.command());
        put("disk.free", block.text(), block, false);
        if (table.countsFiles()) {
            joinIfAny("disk.inodes", table.inodes(), block);
        } else {
            joinIfAny("disk.df", table.places(), block);
            table.shared().ifPresent(line -> put("disk.shm", line, block, false));
        }
    }

    private void nvcc(Block block) {
        Matcher version = NVCC.matcher(block.text());
        if (version.find()) {
            put(
                    "nvcc.found",
                    "nvcc|nvcc|" + Optional.ofNullable(version.group(2)).orElse(version.group(1)) + "|unlisted\n",
                    block,
                    false);
        }
    }

    private void python(Block block) {
        Matcher version = PYTHON.matcher(block.text());
        if (version.find()) {
            String path = block.command().startsWith("python ") ? "python" : "python3";
            put("python.found", "python|" + path + "|" + version.group(1) + "|unlisted\n", block, false);
        }
    }

    /** Tables of several queries are one text: their reader puts them together. */
    private void csv(Block block) {
        CsvTable.withHeader(block.lines(), block.command()).ifPresent(table -> {
            String id = table.contains("used_gpu_memory") || table.contains("process_name") ? "gpu.apps" : "gpu.query";
            join(id, table, block);
        });
    }

    private void message(String words, Block block) {
        join("gpu.core", words + "\n", block);
    }

    private void join(String id, String text, Block block) {
        Output older = outputs.get(id);
        Output newer = made(text, block);
        outputs.put(
                id,
                older == null
                        ? newer
                        : Output.made(
                                older.command(),
                                older.text() + newer.text(),
                                java.util.stream.Stream.concat(older.shown().stream(), newer.shown().stream())
                                        .toList()));
    }

    private void joinIfAny(String id, String text, Block block) {
        if (!text.isBlank()) {
            join(id, text, block);
        }
    }

    /** Of two of a kind the longer one says more: one may be cut. */
    private void put(String id, String text, Block block, boolean derived) {
        Output older = outputs.get(id);
        boolean better = older == null
                || weak.contains(id) && !derived
                || weak.contains(id) == derived && text.length() > older.text().length();
        if (better) {
            outputs.put(id, made(text, block));
            if (derived) {
                weak.add(id);
            } else {
                weak.remove(id);
            }
        }
    }

    private static Output made(String text, Block block) {
        Output pasted = Output.pasted(block.title(), block.text());
        return text.equals(block.text()) ? pasted : Output.made(block.title(), text, List.of(pasted));
    }

    private static boolean isOfCard(Block block) {
        return switch (block.kind()) {
            case XML, LOG, TABLE, LIST, CSV, MESSAGE -> true;
            default -> block.kind() == Kind.NO_TOOL;
        };
    }

    /** As {@code uname -srm} prints it. */
    private static Optional<String> uname(String text) {
        Matcher all = UNAME_ALL.matcher(text);
        if (all.find()) {
            return Optional.of("Linux " + all.group(1) + " " + all.group(2));
        }
        Matcher brief = UNAME_SHORT.matcher(text);
        return brief.find()
                ? Optional.of("Linux " + brief.group(1) + " " + brief.group(2))
                : architecture(text).map(name -> "Linux - " + name);
    }

    /** The architecture that uname names. */
    static Optional<String> architecture(String text) {
        for (Pattern pattern : List.of(UNAME_ALL, UNAME_SHORT)) {
            Matcher uname = pattern.matcher(text);
            if (uname.find()) {
                return Optional.of(uname.group(2));
            }
        }
        Matcher alone = ARCHITECTURE.matcher(text);
        return alone.find()
                ? Optional.of(alone.group(1).equals("arm64") ? "aarch64" : alone.group(1))
                : Optional.empty();
    }

    /** With an id, where only a name in words was copied, or lsb_release printed it. */
    private static String release(String text) {
        Matcher named = NAMED_SYSTEM.matcher(text);
        return text.matches("(?s)(?:.*\\n)?ID=.*") || !named.find()
                ? text
                : "ID=" + named.group(1).toLowerCase(Locale.ROOT) + "\nVERSION_ID=\"" + named.group(2)
                        + "\"\nPRETTY_NAME=\"" + named.group(1) + " " + named.group(2) + "\"\n" + text;
    }

    /** One that was cut at its start has no root any more: then it gets one. */
    private static String withRoot(String text) {
        if (text.contains("<nvidia_smi_log")) {
            return text;
        }
        int card = text.indexOf("<gpu ");
        int name = text.indexOf("<product_name>");
        return card >= 0 && (name < 0 || card < name)
                ? "<nvidia_smi_log>" + text.substring(card)
                : "<nvidia_smi_log><gpu>" + text.substring(Math.max(0, name));
    }
}
