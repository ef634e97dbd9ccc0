package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private final List<String> lines = new ArrayList<>();
    private final JsonView view = new JsonView(lines::add);

    @Test
    void everyEventIsOneObjectWithTimeAndName() {
        Story.events().forEach(view::on);
        assertThat(lines).hasSameSizeAs(Story.events()).allSatisfy(line -> {
            assertThat(line).doesNotContain("\n");
            assertThat(Json.parseObject(line).string("ts")).startsWith("2026-11-20T1");
        });
        assertThat(new HashSet<>(lines.stream()
                        .map(line -> Json.parseObject(line).string("event"))
                        .toList()))
                .containsExactlyInAnyOrder(
                        "run.started",
                        "box.inspected",
                        "plan.ready",
                        "step.started",
                        "step.output",
                        "step.progress",
                        "step.retrying",
                        "step.reattached",
                        "step.skipped",
                        "step.adopted",
                        "step.finished",
                        "step.failed",
                        "step.blocked",
                        "step.offered",
                        "step.results",
                        "transfer.started",
                        "transfer.progress",
                        "transfer.finished",
                        "link.lost",
                        "link.restored",
                        "notice",
                        "run.finished");
    }

    @Test
    void theStoryTellsEveryKindOfEvent() {
        assertThat(Story.events().stream().map(Object::getClass))
                .containsAll(List.of(RunEvent.class.getPermittedSubclasses()).stream()
                        .<Class<?>>map(type -> type)
                        .toList());
    }

    @Test
    void fieldsAreAsTheContractNamesThem() {
        Story.events().forEach(view::on);
        assertThat(lines)
                .contains(
                        "{\"ts\":\"2026-11-20T10:00:00Z\",\"event\":\"run.started\",\"run\":\"20261120T100000Z-0a1b2c3d\","
                                + "\"box\":\"a1\",\"root\":\"/workspace/flashvsr\",\"resumed\":false}",
                        "{\"ts\":\"2026-11-20T10:00:04Z\",\"event\":\"step.output\",\"step\":\"pytorch\","
                                + "\"line\":\"Collecting numpy\"}",
                        "{\"ts\":\"2026-11-20T10:03:20Z\",\"event\":\"step.progress\",\"step\":\"attention\","
                                + "\"fraction\":0.68,\"label\":\"[17/25]\"}",
                        "{\"ts\":\"2026-11-20T10:06:30Z\",\"event\":\"step.failed\",\"step\":\"attention\",\"attempt\":4,"
                                + "\"exit\":\"137\",\"cause\":\"exit\",\"seconds\":120.0,"
                                + "\"tail\":[\"[18/25] nvcc flash_bwd.cu\",\"nvcc error: 'cicc' died due to signal 9\"],"
                                + "\"diagnosis\":\"The compiler was killed for memory.\\nUse fewer jobs.\"}");
        assertThat(lines.get(2))
                .contains("{\"id\":\"pytorch\",\"title\":\"Title of pytorch\",\"action\":\"run\","
                        + "\"reason\":\"not there yet\",\"expected\":300.0}");
        assertThat(lines.get(lines.size() - 1)).endsWith("\"result\":\"failed\",\"seconds\":3700.0,\"cost\":1.5417}");
    }
}
