package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which driver which CUDA toolkit needs, read from {@code drivers.yaml}. Versions are compared number by number. */
public final class Drivers {
    private static final Map<String, String> NATIVE = new LinkedHashMap<>();

    static {
        Problems problems = new Problems();
        YamlDocument.resource("/dev/flashvsr/deploy/inspect/drivers.yaml", problems)
                .flatMap(document -> YamlFields.of(document, "the drivers", problems))
                .ifPresent(fields -> {
                    fill(NATIVE, fields, "native");
                    fields.rejectUnknown();
                });
        problems.throwIfAny();
    }

    private Drivers() {}

    /** The newest CUDA that this driver brings itself. */
    public static Optional<String> newestOf(String driver) {
        return NATIVE.entrySet().stream()
                .filter(entry -> isAtLeast(driver, entry.getValue()))
                .reduce((older, newer) -> newer)
                .map(Map.Entry::getKey);
    }

    /** Whether this is the newest CUDA that is known: a driver that brings it may bring a newer one. */
    public static boolean isNewest(String cuda) {
        return NATIVE.keySet().stream()
                .reduce((older, newer) -> newer)
                .filter(cuda::equals)
                .isPresent();
    }

    /** Whether the first version is the second or a later one. */
    public static boolean isAtLeast(String version, String least) {
        long[] one = numbers(version);
        long[] other = numbers(least);
        for (int i = 0; i < Math.max(one.length, other.length); i++) {
            long left = i < one.length ? one[i] : 0;
            long right = i < other.length ? other[i] : 0;
            if (left != right) {
                return left > right;
            }
        }
        return true;
    }

    private static long[] numbers(String version) {
        return Stream.of(version.strip().split("\\.", 6))
                .mapToLong(part -> part.matches("[0-9]{1,9}") ? Long.parseLong(part) : 0)
                .toArray();
    }

    private static void fill(Map<String, String> into, YamlFields fields, String key) {
        for (YamlMap.Entry entry : fields.entries(key)) {
            if (entry.value() instanceof YamlScalar scalar) {
                into.put(entry.key().text(), scalar.text());
            }
        }
    }
}
