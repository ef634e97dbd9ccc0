package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that {@code rehearse} needs: a box in a directory, and a stand-in for the internet that it downloads from. Both
 * are kept there from one rehearsal to the next.
 */
public final class Rehearsal implements AutoCloseable {
    /** What stands in for things that are downloaded or need a GPU, in words for the user. */
    private static final List<String> CONTENTS = List.of(
            "Miniforge and conda: a script that makes a virtual environment of this machine's own Python",
            "the CUDA compiler: a script that has g++ compile the kernels for the CPU",
            "PyTorch and all other wheels: packages of the same name and version with little or nothing in them",
            "FlashVSR, Block-Sparse-Attention and cutlass: small repositories of the same layout",
            "the weights: files of random bytes",
            "FlashVSR's model in the smoke run: bicubic interpolation");

    private final RehearsalBox box;
    private final PocketInternet internet;
    private final Map<String, String> variables;

    private Rehearsal(RehearsalBox box, PocketInternet internet, Map<String, String> variables) {
        this.box = box;
        this.internet = internet;
        this.variables = variables;
    }

    /**
     * Starts both.
     *
     * @param directory is made where it is missing
     * @param pins values of the playbook's variables, from its defaults and its environment file
     * @throws DeployException if the directory can't be written or there is no git
     */
    public static Rehearsal start(Path directory, Map<String, String> pins) {
        return start(directory, pins, RehearsalBox.start(directory));
    }

    /** As above, with a box that was started in that directory. */
    static Rehearsal start(Path directory, Map<String, String> pins, RehearsalBox box) {
        box.failAt(Optional.empty());
        PocketInternet internet = PocketInternet.start(directory.resolve("internet"), pins);
        Map<String, String> variables = new TreeMap<>(internet.variables());
        variables.put("root", box.root().toString());
        variables.put("python_version", box.pythonVersion());
        // One command more than a machine can have, so that the package manager is called, which is a stand-in.
        String more = " " + BoxDirectory.PACKAGE;
        variables.put("needed_commands", pins.getOrDefault("needed_commands", "") + more);
        variables.put("apt_packages", pins.getOrDefault("apt_packages", "") + more);
        variables.put("room_needed", "64 1000 smoke/passed");
        variables.put("bsa_job_memory", "1");
        variables.put("smoke_backend", "bicubic");
        variables.put("smoke_size", "32x32");
        variables.put("smoke_frames", "21");
        variables.keySet().removeIf(name -> !name.equals("root") && !pins.containsKey(name));
        return new Rehearsal(box, internet, variables);
    }

    /**
     * Removes what {@link #start} made in a directory and what its box had built, which else would be given to the next one,
     * and ends what still runs in its box.
     *
     * @throws DeployException if something there can't be removed
     */
    public static void forget(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        new BoxProcesses(path.resolve("box")).end();
        try {
            for (String part : List.of("box", "ssh", "internet", "cache")) {
                remove(path.resolve(part));
            }
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "The old rehearsal in " + path + " could not be removed: " + e.getMessage(),
                    "Remove this directory, then run again.",
                    e);
        }
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The box to be set up. */
    public RehearsalBox box() {
        return box;
    }

    /** Where it downloads from. */
    public PocketInternet internet() {
        return internet;
    }

    /** Values of the playbook's variables that make it install here, and from here. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** One line for each thing that is not the real one, for the start and the result of a rehearsal. */
    public List<String> standIns() {
        List<String> all = new ArrayList<>(CONTENTS);
        all.add("programs of the box: " + String.join(", ", box.standIns()));
        return all;
    }

    @Override
    public void close() {
        internet.close();
        box.close();
    }
}
