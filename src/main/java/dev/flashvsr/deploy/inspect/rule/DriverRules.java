package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.VersionNumber;
import dev.flashvsr.deploy.inspect.facts.CudaBanner;
import dev.flashvsr.deploy.inspect.facts.DriverApi;
import dev.flashvsr.deploy.inspect.facts.Drivers;
import dev.flashvsr.deploy.inspect.facts.GpuPresence;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The driver against the toolkit: by its own version and the table, never by the banner of nvidia-smi. */
final class DriverRules {
    private static final int MAJOR = 1000;
    private static final int MINOR = 10;

    private DriverRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("driver-version", DriverRules::version);
        rules.put("driver-cuda", DriverRules::cuda);
    }

    private static Optional<String> driver(Evidence evidence) {
        return Gpus.of(evidence)
                .flatMap(Gpus::driver)
                .or(() -> GpuPresence.of(evidence).flatMap(GpuPresence::driver));
    }

    /** limits: least_version, native_version. */
    private static Judgement version(Requirement requirement, Evidence evidence) {
        Optional<String> driver =
                driver(evidence).filter(text -> VersionNumber.of(text).isPresent());
        if (driver.isEmpty()) {
            return unread(evidence);
        }
        double version = VersionNumber.of(driver.get()).orElseThrow();
        if (version < requirement.limit("least_version")) {
            return Judgement.fail(
                    "Driver " + driver.get()
                            + " is older than 525.60.13: CUDA 12 does not run on it, and only the host can renew it.",
                    "Драйвер " + driver.get()
                            + " старше 525.60.13: CUDA 12 на нём не работает, обновить может только хост.");
        }
        return version < requirement.limit("native_version")
                ? Judgement.warn(
                        "Driver " + driver.get()
                                + " runs CUDA 12.4 by minor-version compatibility; 550.54.14 has it itself.",
                        "Драйвер " + driver.get() + " запускает CUDA 12.4 по совместимости; в 550.54.14 она родная.")
                : Judgement.pass("Driver " + driver.get() + ".", "Драйвер " + driver.get() + ".");
    }

    /** limits: least_version, native_version: of CUDA. */
    private static Judgement cuda(Requirement requirement, Evidence evidence) {
        Optional<String> driver =
                driver(evidence).filter(text -> VersionNumber.of(text).isPresent());
        Optional<DriverApi> api = DriverApi.of(evidence);
        Optional<String> newest = driver.flatMap(Drivers::newestOf);
        String note = api.filter(DriverApi::isInFront).isPresent() ? " (a compatibility library stands in front)" : "";
        if (driver.isEmpty()) {
            OptionalInt spoken = api.filter(found -> !found.isInFront())
                    .map(DriverApi::version)
                    .orElse(OptionalInt.empty());
            return spoken.isEmpty()
                    ? unread(evidence)
                    : judge(requirement, dotted(spoken.getAsInt()), "CUDA " + dotted(spoken.getAsInt()));
        }
        if (newest.isEmpty()) {
            return Judgement.fail(
                    "Driver " + driver.get() + " is older than any that runs CUDA 12.",
                    "Драйвер " + driver.get() + " старше всех, на которых работает CUDA 12.");
        }
        // What stands in front is what nvidia-smi shows.
        String shown = note.isEmpty() ? shown(evidence, newest.get()) : "CUDA " + newest.get() + note;
        return judge(requirement, newest.get(), "driver " + driver.get() + ", " + shown);
    }

    /** The table says what the driver has at least; a newer driver shows itself what it has. */
    private static String shown(Evidence evidence, String newest) {
        return CudaBanner.of(evidence)
                .flatMap(CudaBanner::version)
                .filter(shown -> VersionNumber.of(shown).orElse(0)
                        >= VersionNumber.of(newest).orElse(0))
                .map(shown -> "CUDA " + shown)
                .orElse("CUDA " + newest + (Drivers.isNewest(newest) ? "+" : ""));
    }

    private static Judgement judge(Requirement requirement, String cuda, String text) {
        double version = VersionNumber.of(cuda).orElse(0);
        if (version < requirement.limit("least_version")) {
            return Judgement.fail("Too old for CUDA 12: " + text + ".", "Слишком старо для CUDA 12: " + text + ".");
        }
        return version < requirement.limit("native_version")
                ? Judgement.warn(
                        "By minor-version compatibility: " + text + ".",
                        "По совместимости младших версий: " + text + ".")
                : Judgement.pass("Has it itself: " + text + ".", "Родная поддержка: " + text + ".");
    }

    private static String dotted(int version) {
        return version / MAJOR + "." + version % MAJOR / MINOR;
    }

    private static Judgement unread(Evidence evidence) {
        return Judgement.unknown(
                "The driver's version could not be read. "
                        + GpuWords.whyUnseen(evidence).en(),
                "Версию драйвера узнать не удалось. "
                        + GpuWords.whyUnseen(evidence).ru());
    }
}
