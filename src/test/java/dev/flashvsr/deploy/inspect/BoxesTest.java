package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.rule.Judged;
import dev.flashvsr.deploy.inspect.rule.Judgement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxesTest {
    private static final Map<String, Requirement> CATALOGUE = Catalogue.load().byId();

    static List<BoxFixture> boxes() {
        return BoxFixture.all();
    }

    @Test
    void thereAreBoxesOfManyKinds() {
        assertThat(boxes()).hasSizeGreaterThanOrEqualTo(28);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boxes")
    void everyBoxIsJudgedAsExpected(BoxFixture box) {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        box.expected().forEach((id, verdict) -> {
            Judgement judgement = judge(box, id);
            assertThat(judgement.says().en()).isNotBlank();
            assertThat(judgement.says().ru()).isNotBlank();
            expected.put(id, verdict.toString());
            found.put(
                    id,
                    judgement.verdict() == verdict
                            ? verdict.toString()
                            : judgement.verdict() + ": " + judgement.says().en());
        });

        assertThat(found).isEqualTo(expected);
    }

    private static Judgement judge(BoxFixture box, String id) {
        Requirement requirement = CATALOGUE.get(id);
        assertThat(requirement).as(id).isNotNull();
        return Judged.by(requirement, box.evidence());
    }
}
