package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.Standing;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** An inspection for programs; {@code docs/inspect.md} describes it. */
public final class InspectionJson {
    private static final int TEXT_LENGTH = 64 * 1024;

    private InspectionJson() {}

    /** The object; texts are in this language. */
    public static JsonObject of(Inspection inspection, Language language) {
        Standing standing = Standing.of(inspection);
        JsonObject.Builder json = JsonObject.builder()
                .put("subject", inspection.subject())
                .put("at", inspection.at().toString())
                .put("language", word(language))
                .put("fit", standing.fit().word())
                .put("sentence", standing.sentence().in(language))
                .put("counts", counts(standing))
                .put("summary", JsonArray.ofStrings(texts(inspection.summary(), language)))
                .put(
                        "findings",
                        new JsonArray(List.copyOf(inspection.inOrder().stream()
                                .map(finding -> finding(finding, language))
                                .toList())));
        inspection.outlook().ifPresent(outlook -> json.put("outlook", outlook.in(language)));
        return json.build();
    }

    private static JsonObject counts(Standing standing) {
        JsonObject.Builder counts = JsonObject.builder();
        for (Severity severity : Severity.values()) {
            JsonObject.Builder of = JsonObject.builder();
            for (Verdict verdict : Verdict.values()) {
                of.put(word(verdict), standing.count(severity, verdict));
            }
            counts.put(word(severity), of.build());
        }
        return counts.build();
    }

    private static JsonObject finding(Finding finding, Language language) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", finding.requirement().id())
                .put("key", finding.requirement().key());
        finding.requirement().line().ifPresent(line -> json.put("line", line));
        return json.put("severity", word(finding.requirement().severity()))
                .put("verdict", word(finding.verdict()))
                .put("says", finding.says().in(language))
                .put("curedBy", JsonArray.ofStrings(finding.curedBy()))
                .put(
                        "evidence",
                        new JsonArray(List.copyOf(finding.evidence().stream()
                                .map(InspectionJson::output)
                                .toList())))
                .build();
    }

    private static JsonObject output(Output output) {
        JsonObject.Builder json = JsonObject.builder().put("command", output.command());
        output.exit().ifPresent(exit -> json.put("exit", exit));
        int over = output.text().length() - TEXT_LENGTH;
        json.put("timedOut", output.timedOut())
                .put("text", over > 0 ? output.text().substring(0, TEXT_LENGTH) : output.text());
        if (over > 0) {
            json.put("leftOut", over);
        }
        return json.build();
    }

    private static List<String> texts(List<Wording> wordings, Language language) {
        return wordings.stream().map(wording -> wording.in(language)).toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
