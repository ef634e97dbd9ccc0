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
    private static final Map<String, String> FAMILIES = new LinkedHashMap<>();

    static {
        Problems problems = new Problems();
        YamlDocument.resource("/dev/flashvsr/deploy/inspect/drivers.yaml", problems)
                .flatMap(document -> YamlFields.of(document, "the drivers", problems))
                .ifPresent(fields -> {
                    fill(NATIVE, fields, "native");
                    fill(FAMILIES, fields, "families");
                    fields.rejectUnknown();
                });
        problems.throwIfAny();
    }

    private Drivers() {}

    /** The least driver that speaks this toolkit's CUDA itself, as of {@code 12.4}. */
    public static Optional<String> nativeOf(String toolkit) {
        return Optional.ofNullable(NATIVE.get(toolkit));
    }

    /** The least driver on which programs of this toolkit's major version run. */
    public static Optional<String> familyOf(String toolkit) {
        return Optional.ofNullable(FAMILIES.get(toolkit.split("\\.", 2)[0]));
    }

    /** The newest CUDA that this driver brings itself. */
    public static Optional<String> newestOf(String driver) {
        return NATIVE.entrySet().stream()
                .filter(entry -> isAtLeast(driver, entry.getValue()))
                .reduce((older, newer) -> newer)
                .map(Map.Entry::getKey);
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
