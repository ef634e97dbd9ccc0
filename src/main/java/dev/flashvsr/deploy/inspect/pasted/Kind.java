package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of output, known by how its lines look and not by the words of one language. The first that fits a line counts. */
enum Kind {
    XML(
            "nvidia-smi -q -x",
            "\\s*<(?:\\?xml |!DOCTYPE nvidia_smi_log|nvidia_smi_log|gpu id=|product_name>).*",
            "\\s*<.*|.*>\\s*|\\s*"),
    LOG(
            "nvidia-smi -q",
            "=+\\s?NVSMI LOG\\s?=+.*|GPU [0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f:.]{2,8}"
                    + "|\\s*(?:Driver Version|Product Name|Product Brand|Product Architecture|Attached GPUs|CUDA Version)\\s+: .*"
                    + "|\\s*FB Memory Usage\\s*",
            "\\s*|\\s+[^|]{1,200}|[A-Za-z][A-Za-z0-9 /().+-]{1,60}?(?:\\s*:.*)?"),
    XID("dmesg", ".*(?:NVRM: |\\bXid \\(|GPU has fallen off the bus).*", ".*(?:NVRM: |\\bXid \\().*"),
    MESSAGE(
            "nvidia-smi",
            "[^|]*(?:NVIDIA-SMI has failed|NVIDIA-SMI couldn't find|Failed to initialize NVML|No devices (?:were )?found"
                    + "|Unable to (?:determine|detect) the device handle|GPU is lost\\.|GPU requires reset|Driver/library version mismatch"
                    + "|couldn't communicate with the NVIDIA driver|libnvidia-ml\\.so|NVML library version:|nfoROM is corrupted"
                    + "|Make sure that the latest NVIDIA driver).*",
            ""),
    TABLE(
            "nvidia-smi",
            "\\W*NVIDIA-SMI\\s+[0-9].*|\\s*\\|.*|\\s*\\+[-=+\u2013\u2014]{5,}.*|.*\\[HAMI-core.*",
            "\\s*\\|.*|\\s*\\+[-=+\u2013\u2014]{5,}.*|.*\\[HAMI-core.*|\\s*"),
    LIST(
            "nvidia-smi -L",
            "\\s*GPU [0-9]{1,3}: (?:.*\\(UUID:.*|ERR!.*|\\[?(?:Unknown Error|GPU is lost|GPU requires reset).*|(?:NVIDIA|Tesla|GRID|Quadro|GeForce|RTX|GTX|TITAN|[AHBLV][0-9]{2,3}).*)",
            "\\s*GPU [0-9]{1,3}: .*|\\s*MIG [0-9].*"),
    MEMINFO("cat /proc/meminfo", "Mem(?:Total|Free|Available):\\s+[0-9]+ kB", "[\\w()]{1,40}:\\s+[0-9]+(?: kB)?"),
    LIBC(
            "ldd --version",
            "ldd \\([^)]{1,60}\\) [0-9.]+|glibc [0-9.]+|musl libc.*",
            "Copyright .*|.*[Ww]arranty.*|.*WARRANTY.*|Written by .*|Version [0-9.]+"),
    NVCC(
            "nvcc --version",
            "nvcc: NVIDIA .*|Cuda compilation tools, release .*",
            "Copyright \\(c\\).*|Built on .*|Cuda compilation tools, release .*|Build cuda.*|\\s*"),
    PYTHON(
            "python3 --version",
            "Python [0-9]\\.[0-9]{1,2}(?:\\.[0-9]{1,3})?(?:\\S{1,20})?(?: \\(.*| :: .*)?",
            "Type \"help\".*|\\[GCC .*"),
    UNAME("uname -a", "(?:Linux|Darwin) \\S{1,100} .*[0-9]\\.[0-9].*|Linux [0-9]\\S{1,100} \\w{3,20}\\s*", ""),
    RELEASE(
            "cat /etc/os-release",
            "(?:PRETTY_NAME|NAME|VERSION|ID|VERSION_ID|DISTRIB_[A-Z]{2,20})=.*|Distributor ID:\\s.*|Description:\\s+\\S.*[0-9].*"
                    + "|(?:Ubuntu|Debian GNU/Linux) [0-9]{1,2}(?:\\.[0-9]{1,2}){0,2}.{0,30}",
            "[A-Z_]{2,40}=.*|(?:Description|Release|Codename):.*|No LSB modules.*"),
    LSCPU(
            "lscpu",
            "\\s{0,40}+[^\\s:：|=][^:：|=]{1,60}[:：]\\s*(?:x86_64|aarch64|arm64|armv[78]l|i[3-6]86|ppc64le|ppc64|s390x|riscv64|loongarch64)(?:\\s+#.*)?\\s*"
                    + "|\\s*CPU\\(s\\):\\s+[0-9]{1,5}\\s*|CPU op-mode\\(s\\):.*",
            "\\s{0,40}+[^\\s:：|=][^:：|=]{1,60}[:：].*|\\s+[a-z0-9_ ]{10,}|[a-z0-9_]{2,20}(?: [a-z0-9_]{2,20}){4,}"),
    FREE("free", MemoryTable.ROW + "|" + MemoryTable.HEADER, MemoryTable.MORE),
    DF("df", DiskTable.ROW + "|" + DiskTable.HEADER, DiskTable.ROW + "|" + DiskTable.REST + "|" + DiskTable.NAME),
    ULIMIT("ulimit -a", LimitTable.ROW, LimitTable.ROW),
    NPROC("nproc", "[*`_ ]{0,4}nproc[*`_]{0,3}\\s*[:=]\\s*[0-9]{1,5}", ""),
    CSV("nvidia-smi --query-gpu", CsvTable.HEADER, ""),
    NO_TOOL("nvidia-smi", "", "");

    private final String usual;
    private final Pattern begins;
    private final Pattern continues;

    Kind(String usual, String begins, String continues) {
        this.usual = usual;
        this.begins = Pattern.compile(begins);
        this.continues = Pattern.compile(continues);
    }

    /** The command that usually prints it. */
    String usual() {
        return usual;
    }

    /** What begins with this line, below this command and above {@code next}. */
    static Optional<Kind> begunBy(String line, String command, String next) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        Optional<Kind> answer = command.isEmpty() ? Optional.empty() : answered(line, command);
        if (answer.isPresent()) {
            return answer;
        }
        if (MissingTool.isSaidBy(line)) {
            return Optional.of(NO_TOOL);
        }
        for (Kind kind : values()) {
            if (kind != NO_TOOL
                    && kind.mayBegin(line)
                    && kind.begins.matcher(line).matches()
                    && kind.isHeaded(line, next)) {
                return Optional.of(kind);
            }
        }
        return CsvTable.isRow(line) ? Optional.of(CSV) : Optional.empty();
    }

    /** A quick look for what the expression needs. */
    private boolean mayBegin(String line) {
        return switch (this) {
            case XML -> line.indexOf('<') >= 0;
            case XID -> line.contains("NVRM") || line.contains("Xid") || line.contains("fallen off");
            case MESSAGE ->
                line.contains("NV")
                        || line.contains("GPU")
                        || line.contains("No devices")
                        || line.contains("nvidia")
                        || line.contains("nfoROM")
                        || line.contains("Driver/");
            case TABLE ->
                line.indexOf('|') >= 0
                        || line.indexOf('+') >= 0
                        || line.contains("NVIDIA-SMI")
                        || line.contains("HAMI");
            case LIST -> line.contains("GPU ");
            case LSCPU -> line.indexOf(':') >= 0 || line.indexOf('：') >= 0;
            case ULIMIT -> line.indexOf('-') >= 0 || line.startsWith("max user") || line.startsWith("open files");
            case CSV -> line.indexOf(',') >= 0 || line.indexOf('.') >= 0 || line.indexOf('_') >= 0;
            default -> true;
        };
    }

    /** A line of headings begins a table only where the table follows. */
    private boolean isHeaded(String line, String next) {
        return switch (this) {
            case FREE -> MemoryTable.isRow(line) || MemoryTable.isRow(next);
            case DF -> DiskTable.isRow(line) || DiskTable.isHeader(line, next);
            default -> true;
        };
    }

    /** Words that say something only below their command. */
    private static Optional<Kind> answered(String line, String command) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > 2000) {
            return Optional.empty();
        }
        String tool = command.replaceFirst("^(?:sudo |/\\S{1,80}/)+", "");
        if (tool.startsWith("nvidia-smi")
                && tool.contains("--query-")
                && text.matches("[^|<:]{1,400}|.*, .*")
                && !text.contains("NVIDIA-SMI")
                && !text.contains("No devices")
                && !MissingTool.isSaidBy(line)) {
            return Optional.of(CSV);
        }
        if (tool.startsWith("nproc") && text.matches("[0-9]{1,5}")) {
            return Optional.of(NPROC);
        }
        if (tool.matches("(uname|arch)\\b.*") && text.matches("[\\w.+~-]{3,100}")) {
            return Optional.of(UNAME);
        }
        return tool.matches("ulimit\\b.*") && text.matches("[0-9]{1,18}|unlimited")
                ? Optional.of(ULIMIT)
                : Optional.empty();
    }

    /** Whether {@code line} goes on with the block of these lines; {@code begun} is what it would begin by itself. */
    boolean continuedBy(String line, List<String> block, Optional<Kind> begun) {
        boolean own = begun.isEmpty() || begun.get() == this;
        return switch (this) {
            case XML ->
                !line.contains("<?xml")
                        && !block.get(block.size() - 1).contains("</nvidia_smi_log>")
                        && (own || line.strip().startsWith("<"));
            case LOG ->
                (own && !line.contains("NVSMI LOG")
                                || begun.filter(kind -> kind == LSCPU).isPresent())
                        && continues.matcher(line).matches();
            case TABLE ->
                own
                        && !(isBanner(line) && block.stream().limit(4).anyMatch(Kind::isBanner))
                        && continues.matcher(line).matches();
            case LIST ->
                own
                        && !(line.contains("GPU 0:") && block.get(0).contains("GPU 0:"))
                        && continues.matcher(line).matches();
            case MESSAGE ->
                begun.isEmpty()
                                && block.size() < 4
                                && !line.isBlank()
                                && !block.get(block.size() - 1).strip().endsWith(".")
                        || begun.filter(kind -> kind == MESSAGE).isPresent();
            case NO_TOOL ->
                begun.isEmpty() && block.size() < 10 && MissingTool.goesOn(block.get(block.size() - 1), line);
            case CSV -> CsvTable.goesOn(block, line);
            case LSCPU ->
                (own && !isArchitecture(line, block)) && continues.matcher(line).matches();
            case FREE -> MemoryTable.goesOn(block, line);
            case DF ->
                own
                        && !(begun.isPresent() && !DiskTable.isRow(line))
                        && continues.matcher(line).matches();
            case MEMINFO, RELEASE, ULIMIT, XID, NVCC, LIBC, PYTHON ->
                own && !repeats(line, block) && continues.matcher(line).matches();
            case UNAME, NPROC -> false;
        };
    }

    private boolean repeats(String line, List<String> block) {
        String first = block.get(0).split("[=:]", 2)[0];
        return (this == MEMINFO || this == RELEASE) && line.startsWith(first + "=")
                || this == NVCC && line.startsWith("nvcc: ");
    }

    private static boolean isArchitecture(String line, List<String> block) {
        return CpuListing.architecture(List.of(line)).isPresent()
                && CpuListing.architecture(block).isPresent();
    }

    private static boolean isBanner(String line) {
        return line.contains("NVIDIA-SMI ");
    }
}
