package dev.flashvsr.deploy.inspect.facts;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.probe.Probes;
import dev.flashvsr.deploy.inspect.rule.Rules;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever a box prints, no rule of ours throws. */
class JunkTest {
    private static final String[] PIECES = {
        "group|",
        "place|",
        "root|",
        "|",
        "=",
        "\n",
        "memory.max",
        "nproc=",
        "uid=",
        "(",
        "99999999999999999999",
        "-1",
        "[N/A]",
        "\u0000",
        "\ufffd",
        "ID=",
        "CapEff:\tffffffffffffffffffff",
        "torch|",
        "nvcc|",
        "inodes|",
        "hub 206 1 1 1 h ok",
        "glibc ",
        "2.",
        "0",
        " ",
        "server=",
        "box=",
        "lock=||",
        "candidate|",
        "tmp|/tmp|",
        "NAME=\"",
        "MemTotal: 0 kB",
        "русский",
        "\t"
    };

    @Test
    void noRuleThrowsOnJunk() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            Map<String, Output> outputs = new TreeMap<>();
            Probes.all().forEach(probe -> outputs.put(probe.id(), Output.of("x", random.nextInt(2), junk(random))));
            Evidence evidence = new Evidence(outputs);
            for (var requirement : Catalogue.load().requirements()) {
                requirement
                        .rule()
                        .flatMap(Rules::find)
                        .ifPresent(rule -> assertThatCode(() -> rule.judge(requirement, evidence))
                                .as(requirement.id())
                                .doesNotThrowAnyException());
            }
        }
    }

    private static String junk(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(200);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
