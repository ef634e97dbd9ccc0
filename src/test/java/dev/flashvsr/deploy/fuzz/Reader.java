package dev.flashvsr.deploy.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.EntryReader;
import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.checkpoint.Likeness;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.offer.Inspected;
import dev.flashvsr.deploy.inspect.offer.OfferReader;
import dev.flashvsr.deploy.inventory.Inventory;
import dev.flashvsr.deploy.plan.PlanJson;
import dev.flashvsr.deploy.plan.SavedPlan;
import dev.flashvsr.deploy.plan.SurveyAnswer;
import dev.flashvsr.deploy.playbook.EnvFile;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Variables;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that reads what a person, an earlier run or a box wrote. */
enum Reader {
    PLAYBOOK("playbook.yaml") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            return !PlaybookLoader.load(Files.write(file, input)).steps().isEmpty();
        }
    },
    ENVIRONMENT("environment.yaml") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            Variables.resolve(PLAYBOOK_OF_VARIABLES, EnvFile.load(Files.write(file, input)), List.of(), List.of());
            return true;
        }
    },
    INVENTORY("boxes.yaml") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            return !Inventory.load(Files.write(file, input)).boxes().isEmpty();
        }
    },
    OFFER("offer.yaml") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            return !OfferReader.load(Files.write(file, input), Catalogue.load())
                    .name()
                    .isEmpty();
        }
    },
    INSPECTION("inspection.json") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            return !Inspected.load(Files.write(file, input)).isEmpty();
        }
    },
    CHECKPOINT("checkpoint.json") {
        @Override
        boolean accepts(Path file, byte[] input) {
            return Checkpoint.parse(new String(input, UTF_8))
                    .filter(read -> !read.fingerprint().isEmpty())
                    .isPresent();
        }
    },
    JOURNAL("journal/0123456789abcdef0123456789abcdef.jsonl") {
        @Override
        boolean accepts(Path file, byte[] input) throws IOException {
            Files.write(file, input);
            History history = History.read(file.getParent().resolveSibling(""), "flashvsr");
            history.expected("python", new Likeness("NVIDIA A100-SXM4-80GB", 16));
            return !history.all().isEmpty();
        }
    },
    SAVED_PLAN("plan.json") {
        @Override
        boolean accepts(Path file, byte[] input) {
            SavedPlan plan = PlanJson.read(new String(input, UTF_8), "plan.json");
            plan.selection();
            plan.values();
            return true;
        }
    },
    /** The box's answer to the first question: its checkpoints and attempts come in it. */
    SURVEY("survey") {
        @Override
        boolean accepts(Path file, byte[] input) {
            SurveyAnswer answer = new SurveyAnswer();
            EntryReader reader = new EntryReader(answer::add);
            reader.take(input, input.length);
            reader.end();
            return !answer.read().steps().isEmpty();
        }
    };

    private static final Playbook PLAYBOOK_OF_VARIABLES = new Playbook(
            "flashvsr",
            Path.of("playbook.yaml"),
            "",
            List.of(),
            Map.of("python_version", "3.11.13", "hub_base", "https://huggingface.co", "manifest", ""),
            List.of("HF_TOKEN"),
            List.of());

    private final String file;

    Reader(String file) {
        this.file = file;
    }

    /** Where it reads from, below a directory of its own. */
    String file() {
        return file;
    }

    /** Whether it takes the input; throws what it throws. {@code file} is where the input may be written to. */
    abstract boolean accepts(Path file, byte[] input) throws IOException;

    /** The directory of its right and its once fatal files. */
    Path seeds() {
        return Path.of("src/test/resources/dev/flashvsr/deploy/fuzz", name().toLowerCase(java.util.Locale.ROOT));
    }

    /**
     * Whether it takes the input.
     *
     * @throws AssertionError if it neither takes it nor refuses it in words that a terminal can show
     */
    boolean read(Path directory, byte[] input) throws IOException {
        try {
            return accepts(directory.resolve(file), input);
        } catch (DeployException refused) {
            if (refused.exitCode() != ExitCode.USAGE && refused.exitCode() != ExitCode.UNFIT) {
                throw new AssertionError("refused with exit status " + refused.exitCode(), refused);
            }
            check(Optional.ofNullable(refused.getMessage()).orElse(""));
            check(refused.next().orElse(""));
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
            throw new AssertionError(name() + ": " + other, other);
        }
    }

    private static void check(String message) {
        message.codePoints()
                .filter(c -> c != '\n' && !Words.isShown(c))
                .findFirst()
                .ifPresent(c -> {
                    throw new AssertionError(String.format("U+%04X in the message: %s", c, message));
                });
        if (message.length() > 100_000) {
            throw new AssertionError("a message of " + message.length() + " characters");
        }
    }
}
