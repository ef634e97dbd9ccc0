package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The verdicts in the JSON report of an inspection. */
public final class Inspected {
    /** A whole report with its evidence is a few megabytes at most. */
    private static final long MOST_BYTES = 64L << 20;

    private Inspected() {}

    /**
     * Its verdicts by the ids of requirements.
     *
     * @throws DeployException with {@link ExitCode#USAGE} if it is no such report, or can't be read
     */
    public static Map<String, Verdict> load(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, "it is too large");
            }
            return read(file, Files.readString(file));
        } catch (IOException e) {
            throw wrong(file, Files.notExists(file) ? "there is no such file" : "it is no text that can be read");
        }
    }

    private static Map<String, Verdict> read(Path file, String text) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        try {
            for (JsonObject finding : Json.parseObject(text).array("findings").objects()) {
                String word = finding.string("verdict");
                Verdict verdict = Stream.of(Verdict.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> wrong(file, "there is no verdict " + Words.quoted(word)));
                verdicts.put(finding.string("id"), verdict);
            }
        } catch (JsonException e) {
            throw wrong(file, Words.quoted(String.valueOf(e.getMessage())));
        }
        return verdicts;
    }

    private static DeployException wrong(Path file, String why) {
        return new DeployException(
                ExitCode.USAGE,
                "The report of an inspection " + Words.quoted(file.toString()) + " can't be read: " + why + ".",
                "It is the file that 'inspect --json' writes; the offer names it by \"inspected\".");
    }
}
