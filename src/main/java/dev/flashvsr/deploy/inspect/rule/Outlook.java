package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.NetSpeed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the measured speeds mean in minutes for this deploy: its downloads, each from where it comes, and the build. */
public final class Outlook {
    private static final String[] PROBES = {
        "net.hub",
        "net.hub.quick",
        "net.wheels",
        "net.wheels.quick",
        "net.conda",
        "net.conda.quick",
        "net.pypi",
        "net.github"
    };
    /** A single short reading is no more exact than this: lines are shared, and steps fetch beside each other. */
    private static final double BETTER = 0.8;

    private static final double WORSE = 1.5;

    private Outlook() {}

    /** Where downloads come from. */
    public enum Source {
        HUB("hub"),
        WHEELS("wheels"),
        PACKAGES("packages"),
        CONDA("conda"),
        GITHUB("github-archive");

        private final String label;

        Source(String label) {
            this.label = label;
        }
    }

    /**
     * One or two sentences; empty where neither a speed was measured nor the processors could be counted.
     *
     * @param volumes bytes to download from each, by the estimates of the playbook's steps
     * @param jobGib memory to count for each compiler
     */
    public static Optional<Wording> of(Evidence evidence, Map<Source, Long> volumes, double jobGib) {
        List<Wording> says = new ArrayList<>();
        downloads(NetSpeed.of(evidence, PROBES), new EnumMap<>(filled(volumes))).ifPresent(says::add);
        Build.of(evidence, jobGib).ifPresent(build -> {
            Wording time = Amounts.range(build.least(), build.most());
            says.add(new Wording(
                    "Building Block-Sparse-Attention: " + time.en() + " with " + LimitRules.compilers(build.jobs())
                            + ".",
                    "Сборка Block-Sparse-Attention: " + time.ru() + ", одновременно компиляторов: " + build.jobs()
                            + "."));
        });
        return says.stream().reduce(Wording::and).map(all -> new Wording(all.en(), RussianUnits.in(all.ru())));
    }

    private static Map<Source, Long> filled(Map<Source, Long> volumes) {
        Map<Source, Long> all = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            all.put(source, volumes.getOrDefault(source, 0L));
        }
        return all;
    }

    private static Optional<Wording> downloads(List<NetSpeed> speeds, Map<Source, Long> volumes) {
        double seconds = 0;
        long known = 0;
        long unknown = 0;
        String slowest = "";
        double longest = 0;
        for (Map.Entry<Source, Long> volume : volumes.entrySet()) {
            Optional<NetSpeed> speed = speeds.stream()
                    .filter(one -> one.label().equals(volume.getKey().label))
                    .filter(NetSpeed::measured)
                    .findFirst();
            if (speed.isEmpty()) {
                unknown += volume.getValue();
                continue;
            }
            known += volume.getValue();
            double takes = volume.getValue() / speed.get().perSecond();
            seconds += takes;
            if (takes > longest) {
                longest = takes;
                slowest = speed.get().host() + " (" + Amounts.rate(speed.get().perSecond()) + ")";
            }
        }
        if (known == 0) {
            return Optional.empty();
        }
        // Beside each other at best: then the longest counts; one after another at worst.
        Wording time = Amounts.range(longest * BETTER, seconds * WORSE);
        Wording rest = unknown == 0
                ? Wording.same("")
                : new Wording(
                        "; " + Amounts.gb(unknown) + " more at speeds that were not measured",
                        "; ещё " + Amounts.gb(unknown) + " со скоростью, которая не измерена");
        return Optional.of(new Wording(
                "Downloads: " + Amounts.gb(known) + " in " + time.en() + ", most of it from " + slowest + rest.en()
                        + ".",
                "Загрузки: " + Amounts.gb(known) + " за " + time.ru() + ", дольше всего с " + slowest + rest.ru()
                        + "."));
    }
}
