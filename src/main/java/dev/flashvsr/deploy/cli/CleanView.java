package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.CleanPrinter;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.plan.CleanList;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code clean} shows: lines as it goes, or one JSON object at the end. */
final class CleanView {
    private final OutputOptions output;
    private final String label;
    private final String root;
    private final CleanPrinter printer;

    CleanView(OutputOptions output, String label, String root) {
        this.output = output;
        this.label = label;
        this.root = root;
        this.printer = new CleanPrinter(output.terminal().style(), label, root);
    }

    /** {@code state}: where this machine keeps its own files. */
    void list(CleanList list, Path state) {
        if (!output.json) {
            printer.lines(list).forEach(output.out()::println);
        }
        if (!output.json && !list.removals().isEmpty()) {
            output.out().println("What this machine knows of it stays in " + state + ".");
        }
    }

    void removed(String path) {
        if (!output.json) {
            output.out().println(printer.removed(path));
        }
    }

    /** Nobody agreed. */
    ExitCode refused(CleanList list) {
        if (output.json) {
            json(list, Optional.empty(), "listed");
        } else {
            output.err().println("Nothing was changed. Give --yes to remove this without a question.");
        }
        return ExitCode.USAGE;
    }

    /** {@code end}: how it went; empty: there was nothing to do. */
    ExitCode end(CleanList list, Optional<CleanEnd> end) {
        String result = end.map(CleanEnd::result).orElse("ok");
        if (output.json) {
            json(list, end, result);
        } else {
            end.map(printer::end).orElse(List.of()).forEach(output.out()::println);
        }
        return result.equals("ok") ? ExitCode.OK : ExitCode.FAILED;
    }

    private void json(CleanList list, Optional<CleanEnd> end, String result) {
        List<JsonValue> removes =
                list.removals().stream().<JsonValue>map(CleanView::json).toList();
        List<JsonValue> leaves =
                list.left().stream().<JsonValue>map(CleanView::json).toList();
        JsonObject.Builder failed = JsonObject.builder();
        end.map(CleanEnd::failed).ifPresent(all -> all.forEach(failed::put));
        output.out()
                .println(Json.compact(JsonObject.builder()
                        .put("box", label)
                        .put("root", root)
                        .put("removes", new JsonArray(removes))
                        .put("leaves", new JsonArray(leaves))
                        .put("result", result)
                        .put(
                                "removed",
                                JsonArray.ofStrings(end.map(CleanEnd::removed).orElse(List.of())))
                        .put("failed", failed.build())
                        .build()));
    }

    private static JsonObject json(CleanList.Removal removal) {
        JsonObject.Builder json = JsonObject.builder()
                .put("path", removal.path())
                .put("steps", JsonArray.ofStrings(removal.steps()))
                .put("also_of", JsonArray.ofStrings(removal.alsoOf()));
        removal.bytes().ifPresent(bytes -> json.put("bytes", bytes));
        return json.build();
    }

    private static JsonObject json(CleanList.Left left) {
        return JsonObject.builder()
                .put("path", left.path())
                .put("steps", JsonArray.ofStrings(left.steps()))
                .put("why", left.why().name().toLowerCase(Locale.ROOT))
                .put("what", left.what())
                .build();
    }
}
