package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the box lives: its home, its root, its temporary directory, and what stands in front of the machine's own PATH.
 * Nothing that a rehearsal does is written anywhere else.
 *
 * @param path an absolute directory
 */
record BoxDirectory(Path path) {
    /** What a box always has as stand-ins, whatever this machine has: what would change it, and what needs a GPU. */
    private static final String ALWAYS = "standins/always";
    /** What a box has as a stand-in only where this machine has none. */
    private static final String MISSING = "standins/missing";
    /** What the stand-in apt-get can install although nothing is missing, so that this step is rehearsed, too. */
    static final String PACKAGE = "rehearsal-package";

    private static final String PYTHON = "python3";
    /** The stand-in for Python, where this machine has none; the one named {@link #PYTHON} stands in for CUDA's library. */
    private static final String PYTHON_STANDIN = "rehearsal-python";

    private static final int NEWEST_COMPILER = 13;
    private static final String OLDER = "-" + NEWEST_COMPILER;

    Path home() {
        return path.resolve("home");
    }

    Path root() {
        return path.resolve("workspace");
    }

    /** Programs here come before all others; empty unless something is to fail. */
    Path failing() {
        return path.resolve("failing");
    }

    private Path programs() {
        return path.resolve("bin");
    }

    /** What the stand-in apt-get installs from. */
    private Path packages() {
        return path.resolve("packages");
    }

    /**
     * Makes what is not there yet.
     *
     * @param searched the machine's own PATH
     * @return the names of the stand-ins in use, in alphabetical order
     */
    List<String> prepare(String searched) throws IOException {
        for (Path directory : List.of(home(), root(), path.resolve("tmp"), failing(), programs(), packages())) {
            Files.createDirectories(directory);
        }
        List<String> used = new ArrayList<>();
        for (Map.Entry<String, byte[]> standIn : Resources.tree(ALWAYS).entrySet()) {
            install(programs(), standIn.getKey(), standIn.getValue());
            // It passes on all but what is asked of CUDA's library, which has a name of its own in the list.
            if (!standIn.getKey().equals(PYTHON)) {
                used.add(standIn.getKey());
            }
        }
        for (Map.Entry<String, byte[]> standIn : Resources.tree(MISSING).entrySet()) {
            String name = standIn.getKey();
            boolean python = name.equals(PYTHON);
            String program = python ? PYTHON_STANDIN : name;
            if (missing(name, searched)) {
                install(python ? programs() : packages(), program, standIn.getValue());
                used.add(name);
            } else { // it was missing in an earlier rehearsal
                Files.deleteIfExists(packages().resolve(program));
                Files.deleteIfExists(programs().resolve(program));
            }
        }
        return used.stream().sorted().toList();
    }

    private static boolean missing(String name, String searched) {
        if (name.equals(PYTHON)) {
            return LocalPython.version(searched).isEmpty();
        }
        if (name.endsWith(OLDER)) {
            return find(name, searched).isEmpty() && tooNew(name.replace(OLDER, ""), searched);
        }
        return find(name, searched).isEmpty();
    }

    /** Whether this compiler is newer than CUDA 12.4 takes. */
    private static boolean tooNew(String compiler, String searched) {
        return find(compiler, searched)
                .flatMap(path -> LocalPython.answer(path.toString(), "-dumpfullversion"))
                .filter(version -> version.matches("\\d+\\..*"))
                .map(version -> Integer.parseInt(version.substring(0, version.indexOf('.'))) > NEWEST_COMPILER)
                .orElse(false);
    }

    /** The environment of a login: nothing of this machine's but its PATH, and that last. */
    Map<String, String> environment(String user, String searched) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", home().toString());
        environment.put("USER", user);
        environment.put("LOGNAME", user);
        environment.put("SHELL", "/bin/bash");
        environment.put("TMPDIR", path.resolve("tmp").toString());
        environment.put("PATH", failing() + ":" + programs() + ":" + searched);
        environment.put("LANG", "C.UTF-8");
        // A proxy that /etc/environment names must not be asked for what is on this machine.
        environment.put("no_proxy", "127.0.0.1");
        environment.put("NO_PROXY", "127.0.0.1");
        return environment;
    }

    /** Replaces a program in one rename, so that one which is just starting is whole. */
    static void install(Path directory, String name, byte[] script) throws IOException {
        Path unfinished = directory.resolve("." + name + ".new");
        Files.write(unfinished, script);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    static void install(Path directory, String name, String script) throws IOException {
        install(directory, name, script.getBytes(StandardCharsets.UTF_8));
    }

    /** The program of that name in a PATH. */
    static Optional<Path> find(String name, String searched) {
        return Stream.of(searched.split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
