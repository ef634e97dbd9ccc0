package dev.flashvsr.deploy.inspect.bench;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.Toolkit;
import dev.flashvsr.deploy.inspect.facts.Torch;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.problem.DeployException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Measures a box within two minutes. It loads the card and the disk meanwhile, so the person is asked first. */
public final class Bench {
    /** What is asked before. */
    public static final Wording QUESTION = new Wording(
            "The measurement takes up to two minutes. It loads the card fully and takes 90 % of its free memory for a moment, writes up to"
                    + " 1 GiB to the disk and removes it, and sends up to 64 MiB each way. Measure now?",
            "Замер длится до двух минут. Он полностью нагружает карту и на миг занимает 90 % её свободной памяти, пишет на диск до"
                    + " 1 ГиБ и удаляет, передаёт до 64 МиБ в каждую сторону. Измерить сейчас?");

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int DISK_STEPS = 4;
    private static final int MOST_TORCHES = 4;
    private static final int MOST_NVCCS = 2;
    private static final Version FIRST_CUDA = new Version(12, 4, 0);
    private static final Version NO_CUDA = new Version(13, 0, 0);
    private static final double MILLIS = 1000;

    private final BoxShell shell;
    private final RandomGenerator random;
    private final BenchPace pace;

    /** {@code random} makes the marks of answers, so a secure one; and the bytes that are sent. */
    public Bench(Box box, RandomGenerator random) {
        this(box, random, BenchPace.USUAL);
    }

    Bench(Box box, RandomGenerator random, BenchPace pace) {
        this.shell = new BoxShell(box, random);
        this.random = random;
        this.pace = pace;
    }

    /**
     * Measures everything, one part after the other. A part that fails says so in its own evidence, and the others are
     * measured all the same.
     *
     * @param root where everything is to be installed, an absolute path; need not be there yet
     * @param seen what the probes found, of which {@code torch.found} is used
     * @param begins hears of each part when it begins
     * @return outputs under the ids of {@link BenchPart}, lines {@code NAME=VALUE}
     */
    public Evidence run(String root, Evidence seen, Consumer<BenchPart> begins) {
        return run(List.of(BenchPart.values()), root, seen, begins);
    }

    Evidence run(List<BenchPart> parts, String root, Evidence seen, Consumer<BenchPart> begins) {
        Map<String, Output> outputs = new TreeMap<>();
        for (BenchPart part : parts) {
            begins.accept(part);
            outputs.put(part.id(), measured(part, root, seen));
        }
        return new Evidence(outputs);
    }

    /** What stands in place of all measurements where none is made, with why. */
    public static Evidence refused(String why) {
        Map<String, Output> outputs = new TreeMap<>();
        for (BenchPart part : BenchPart.values()) {
            outputs.put(part.id(), Output.of(part.command(), 1, "error=" + why));
        }
        return new Evidence(outputs);
    }

    private Output measured(BenchPart part, String root, Evidence seen) {
        try {
            return switch (part) {
                case LINE -> line(part);
                case DISK ->
                    answer(part, disk(root), Payload.none(), pace.diskStep().multipliedBy(DISK_STEPS));
                case COMPILE -> answer(part, compile(root, seen), Payload.none(), pace.compile());
                case GPU -> answer(part, gpu(seen), Payload.of(BenchScripts.python()), pace.gpuLimit());
            };
        } catch (DeployException e) {
            return failed(part, e);
        }
    }

    private Output line(BenchPart part) {
        LineBench line = new LineBench(shell, pace, random, System::nanoTime);
        String pushed = line.push();
        try {
            return Output.of(part.command(), 0, pushed + line.pull());
        } catch (DeployException e) {
            return Output.of(part.command(), 0, pushed + "pull_error=" + said(e));
        }
    }

    private Output answer(BenchPart part, BoxScript script, Payload payload, Duration limit) {
        Answer answer = shell.run(script, payload, limit.plus(GRACE));
        return Output.of(part.command(), answer.status(), answer.text());
    }

    private static Output failed(BenchPart part, DeployException why) {
        return Output.of(part.command(), 1, "error=" + said(why));
    }

    private static String said(DeployException why) {
        return String.valueOf(why.getMessage()).replace('\n', ' ');
    }

    private BoxScript disk(String root) {
        return BenchScripts.disk()
                .withArguments(
                        root,
                        String.valueOf(pace.diskBytes()),
                        String.valueOf(pace.files()),
                        String.valueOf(Math.max(1, pace.diskStep().toSeconds())));
    }

    /** By the box's compilers that these kernels build with. */
    private BoxScript compile(String root, Evidence seen) {
        List<String> arguments =
                new ArrayList<>(List.of(root, String.valueOf(pace.compile().toSeconds())));
        Toolkit.of(seen).orElse(List.of()).stream()
                .filter(kit -> kit.headers()
                        && kit.version()
                                .filter(version -> version.atLeast(FIRST_CUDA) && !version.atLeast(NO_CUDA))
                                .isPresent())
                .map(Toolkit::path)
                .distinct()
                .limit(MOST_NVCCS)
                .forEach(arguments::add);
        return BenchScripts.compile().withArguments(arguments.toArray(String[]::new));
    }

    private BoxScript gpu(Evidence seen) {
        List<String> arguments = new ArrayList<>(Stream.of(pace.window(), pace.rest(), pace.pause())
                .map(span -> String.format(Locale.ROOT, "%.3f", span.toMillis() / MILLIS))
                .toList());
        arguments.add(String.valueOf(pace.gpuLimit().toSeconds()));
        Torch.of(seen).orElse(List.of()).stream()
                .filter(torch -> torch.cuda().isPresent())
                .limit(MOST_TORCHES)
                .forEach(torch -> arguments.add(torch.path()));
        return BenchScripts.gpu().withArguments(arguments.toArray(String[]::new));
    }
}
