package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.pasted.PastedText;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Judged;
import dev.flashvsr.deploy.inspect.rule.Judgement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a box prints, every rule answers, in time. */
class DamagedBoxesTest {
    private static final int VARIANTS = 6;
    private static final String ODD = "<>|=,[]&;\u0000\uFFFD%9-\n\r\t ";
    private static final List<Requirement> RULED = Catalogue.load().requirements().stream()
            .filter(requirement -> requirement.rule().isPresent())
            .toList();

    static List<BoxFixture> boxes() {
        return BoxFixture.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boxes")
    @Timeout(60)
    void everyRuleAnswersWhateverABoxPrints(BoxFixture box) {
        for (int seed = 0; seed < VARIANTS; seed++) {
            Random random = new Random(box.name().hashCode() * 31L + seed);
            Evidence damaged = damaged(box.evidence(), random);
            for (Requirement requirement : RULED) {
                String what = requirement.id() + " on " + box.name() + ", seed " + seed;
                assertThatCode(() -> {
                            Judgement judgement = Judged.by(requirement, damaged);
                            assertThat(judgement.says().en()).as(what).isNotBlank();
                        })
                        .as(what)
                        .doesNotThrowAnyException();
            }
            StringBuilder all = new StringBuilder();
            damaged.outputs().values().forEach(output -> all.append(output.text()));
            assertThatCode(() -> Gpus.of(PastedText.of(all.toString()).evidence()))
                    .doesNotThrowAnyException();
        }
    }

    private static Evidence damaged(Evidence evidence, Random random) {
        Map<String, Output> outputs = new LinkedHashMap<>();
        evidence.outputs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    Output output = entry.getValue();
                    String text = damaged(output.text(), random);
                    if (random.nextInt(12) > 0) {
                        outputs.put(
                                entry.getKey(),
                                new Output(output.command(), output.exit(), random.nextInt(15) == 0, text));
                    }
                });
        return new Evidence(outputs);
    }

    private static String damaged(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text.substring(random.nextInt(text.length()));
            case 2 -> flipped(text, random);
            case 3 -> repeated(text, random);
            default -> text;
        };
    }

    private static String flipped(String text, Random random) {
        StringBuilder flipped = new StringBuilder(text);
        for (int i = 0; i < 1 + text.length() / 40; i++) {
            flipped.setCharAt(random.nextInt(text.length()), ODD.charAt(random.nextInt(ODD.length())));
        }
        return flipped.toString();
    }

    private static String repeated(String text, Random random) {
        List<String> lines = text.lines().toList();
        String line = lines.get(random.nextInt(lines.size())) + "\n";
        return text + line.repeat(200) + "9".repeat(400) + "\n";
    }
}
