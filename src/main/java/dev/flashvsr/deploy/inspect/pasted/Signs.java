package dev.flashvsr.deploy.inspect.pasted;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an output tells of the machine that it can't share with another: its card, its memory, its name. */
final class Signs {
    private static final Pattern DRIVER =
            Pattern.compile("(?:(?:Driver|KMD) Version:? *:? *|<driver_version>)([0-9]{3}\\.[0-9.]{2,12})");
    private static final Pattern UUID =
            Pattern.compile("GPU-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern NODE = Pattern.compile("Linux (\\S{1,100}) [0-9]+\\.[0-9].*");
    private static final Pattern TOTAL = Pattern.compile("MemTotal: +([0-9]{1,18})");
    private static final Pattern NAME = Pattern.compile(
            "(?:GPU 0: |<product_name>|Product Name\\s+: |\\|\\s+0\\s+)(?:NVIDIA )?([A-Za-z0-9][^|<(\\n]{2,60}?)\\s*(?: (?:On|Off|N/A|WDDM|TCC)\\s*\\||\\(|<|\\n)");

    /** Those that differ between two looks at one machine too: a container and its host, before and after an update. */
    private static final Set<String> SOFT = Set.of("driver", "node", "system");

    private static final double MEMORY_TOLERANCE = 0.05;

    private Signs() {}

    static Map<String, String> of(Block block) {
        Map<String, String> signs = new TreeMap<>();
        String text = block.text();
        switch (block.kind()) {
            case XML, LOG, TABLE, LIST, CSV -> {
                put(signs, "driver", DRIVER, text);
                put(signs, "card", UUID, text);
                put(signs, "model", NAME, text);
            }
            case UNAME -> {
                put(signs, "node", NODE, text);
                Conversion.architecture(text).ifPresent(name -> signs.put("architecture", name));
            }
            case LSCPU -> {
                CpuListing.architecture(block.lines()).ifPresent(name -> signs.put("architecture", name));
                CpuListing.count(block.lines())
                        .ifPresent(count -> signs.put("listed processors", String.valueOf(count)));
            }
            case FREE ->
                MemoryTable.asMemInfo(block.lines(), block.command())
                        .ifPresent(info -> put(signs, "memory", TOTAL, info));
            case MEMINFO -> put(signs, "memory", TOTAL, text);
            case RELEASE -> put(signs, "system", Pattern.compile("(?m)^VERSION_ID=\"?([0-9.]{1,10})"), text);
            default -> {
                // The rest tells nothing of the kind.
            }
        }
        return signs;
    }

    /** Whether the two can't be of one machine; {@code named}: the prompts say that they are. */
    static boolean contradict(String sign, String one, String other, boolean named) {
        if (named && SOFT.contains(sign)) {
            return false;
        }
        if (sign.equals("memory")) {
            double a = Double.parseDouble(one);
            double b = Double.parseDouble(other);
            return Math.abs(a - b) > MEMORY_TOLERANCE * Math.max(a, b);
        }
        if (sign.equals("model")) {
            String a = one.replace("...", "").strip();
            String b = other.replace("...", "").strip();
            return !a.startsWith(b) && !b.startsWith(a);
        }
        return !one.equals(other);
    }

    private static void put(Map<String, String> signs, String sign, Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            signs.put(sign, matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
    }
}
