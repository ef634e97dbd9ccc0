package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code lscpu} prints in any language: its lines are known by their values and their order. */
final class CpuListing {
    private static final Pattern LINE = Pattern.compile("\\s*([^:：|=]{2,60})[:：]\\s*(.*?)(?:\\s+#.*)?\\s*");
    private static final Pattern ARCHITECTURE =
            Pattern.compile("x86_64|aarch64|arm64|armv[78]l|i[3-6]86|ppc64le|ppc64|s390x|riscv64|loongarch64");
    private static final Pattern HYPERVISOR = Pattern.compile(
            "KVM|Xen|Microsoft|VMware|Parallels|Oracle|QEMU|bhyve|Windows Subsystem for Linux",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST = Pattern.compile("\\d{1,5}(?:-\\d{1,5})?(?:,\\d{1,5}(?:-\\d{1,5})?){0,500}");

    private CpuListing() {}

    /** The value that is the name of an architecture. */
    static Optional<String> architecture(List<String> lines) {
        return values(lines)
                .filter(value -> ARCHITECTURE.matcher(value).matches())
                .findFirst();
    }

    /** The first plain number; where the line below lists which of them are switched on, so many. */
    static OptionalInt count(List<String> lines) {
        List<String> values = values(lines).toList();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).matches("[1-9]\\d{0,4}")) {
                int all = Integer.parseInt(values.get(i));
                String below = i + 1 < values.size() ? values.get(i + 1) : "";
                int on = below.matches(".*[-,].*") && LIST.matcher(below).matches() ? listed(below) : all;
                return OptionalInt.of(Math.max(1, Math.min(all, on)));
            }
        }
        return OptionalInt.empty();
    }

    /** The hypervisor, where one is named. */
    static Optional<String> hypervisor(List<String> lines) {
        return values(lines)
                .filter(value -> HYPERVISOR.matcher(value).matches())
                .findFirst();
    }

    private static java.util.stream.Stream<String> values(List<String> lines) {
        return lines.stream().map(LINE::matcher).filter(Matcher::matches).map(line -> line.group(2));
    }

    private static int listed(String ranges) {
        int count = 0;
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            count += Math.max(1, (ends.length > 1 ? Integer.parseInt(ends[1]) : first) - first + 1);
        }
        return count;
    }
}
