package dev.flashvsr.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Golden;
import dev.flashvsr.deploy.inspect.Inspections;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionJsonTest {
    @ParameterizedTest
    @EnumSource
    void everyFindingIsThereInOrder(Language language) {
        Golden.holds(
                "inspection." + language + ".json", Json.pretty(InspectionJson.of(Inspections.example(), language)));
    }

    @Test
    void longOutputIsCutAndSaidSo() {
        JsonObject json = Json.parseObject(Json.compact(InspectionJson.of(Inspections.hostile(), Language.EN)));
        JsonObject output = json.array("findings")
                .objects()
                .get(0)
                .array("evidence")
                .objects()
                .get(1);
        assertThat(output.string("text")).hasSize(64 * 1024);
        assertThat(output.integer("leftOut")).isEqualTo((1 << 20) - 64 * 1024);
    }
}
