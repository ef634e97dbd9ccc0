package dev.flashvsr.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.console.PlanPrinter;
import dev.flashvsr.deploy.console.Price;
import dev.flashvsr.deploy.console.RequirementLines;
import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.plan.Disclosure;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlanDiff;
import dev.flashvsr.deploy.plan.PlanJson;
import dev.flashvsr.deploy.plan.PlanSummary;
import dev.flashvsr.deploy.plan.SavedPlan;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.report.ReportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Plans as the user sees, saves and gives back. */
final class PlanView {
    private final OutputOptions output;
    private final Optional<Price> price;

    PlanView(OutputOptions output, Optional<Price> price) {
        this.output = output;
        this.price = price;
    }

    /** Prints the plan, and saves it where that is wanted; {@code box} is empty for a plan made without one. */
    void show(Plan plan, Optional<BoxLine> box, Optional<Path> out) {
        String document = document(plan);
        out.ifPresent(file -> ReportFile.writePrivate(file, document + "\n", "--out"));
        if (output.json) {
            output.out().println(document);
        } else {
            lines(plan, box).forEach(output.out()::println);
            disclosure(Disclosure.of(plan, System.getenv()));
            out.ifPresent(file -> output.out().println("Saved as " + file + "; run it with --plan " + file + "."));
        }
    }

    /** What is required of the box, and how it stands. */
    void requirements(List<Finding> findings) {
        new RequirementLines(output.terminal().style())
                .lines(findings)
                .forEach((output.json ? output.err() : output.out())::println);
    }

    /** What a person should know beside it; never on the stream that holds JSON only. */
    void notes(List<String> notes) {
        notes.forEach(note -> (output.json ? output.err() : output.out()).println("Note: " + note));
    }

    List<String> lines(Plan plan, Optional<BoxLine> box) {
        return new PlanPrinter(output.terminal().style(), price).lines(box, plan);
    }

    /** What the plan sends of the user's own: said before anything is sent. */
    void disclosure(Disclosure sends) {
        sends.sentences().forEach((output.json ? output.err() : output.out())::println);
    }

    private String document(Plan plan) {
        OptionalDouble perHour =
                price.map(known -> OptionalDouble.of(known.perHour())).orElse(OptionalDouble.empty());
        return Json.pretty(PlanJson.write(plan, PlanSummary.of(plan, perHour), Disclosure.of(plan, System.getenv())));
    }

    /** Exit 1, naming what changed, unless the box is as the saved plan saw it. */
    static void refuseUnlessSame(Path file, SavedPlan saved, Plan fresh) {
        List<String> changes = new ArrayList<>(PlanDiff.between(saved, fresh));
        changes.addAll(Disclosure.of(fresh, System.getenv()).unagreed(saved));
        if (!changes.isEmpty()) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "Nothing was changed: the box is not as the plan " + file + " saw it.\n  "
                            + String.join("\n  ", changes),
                    "Look at a fresh plan, and save it again if it is what you want.");
        }
    }

    /** Reads a plan that {@code --out} wrote. */
    static SavedPlan saved(Path file) {
        try {
            return PlanJson.read(text(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new DeployException(
                    ExitCode.USAGE,
                    file + " is not a saved plan: it is no text.",
                    "Save one with 'plan --out FILE'.",
                    e);
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.USAGE, "The plan " + file + " can't be read.", "Save one with 'plan --out FILE'.", e);
        }
    }

    /** No more of it than a plan can have, whatever the file is. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Json.MAX_LENGTH + 1);
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }
}
