package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A recorded or made-up box: {@code NAME.box} with what each probe prints, and {@code NAME.expected} with lines of a
 * requirement's id and the verdict of its rule, before any step cures it.
 */
public record BoxFixture(String name, Evidence evidence, Map<String, Verdict> expected) {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/flashvsr/deploy/inspect/boxes");
    private static final Pattern SECTION = Pattern.compile("=== ([a-z0-9.-]+) exit=(timeout|[0-9]{1,3})");

    @Override
    public String toString() {
        return name;
    }

    /** All of them, by name. */
    public static List<BoxFixture> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".box"))
                    .map(file -> file.substring(0, file.length() - ".box".length()))
                    .sorted()
                    .map(BoxFixture::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this name. */
    public static BoxFixture of(String name) {
        Map<String, Verdict> expected = new LinkedHashMap<>();
        for (String line : read(name + ".expected").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("\\s+");
                expected.put(words[0], Verdict.valueOf(words[1]));
            }
        }
        return new BoxFixture(name, evidence(read(name + ".box")), expected);
    }

    /** Of the text of a {@code .box}. */
    public static Evidence evidence(String text) {
        Map<String, Output> outputs = new LinkedHashMap<>();
        String id = "";
        String exit = "";
        StringBuilder said = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            Matcher section = SECTION.matcher(line);
            if (section.matches()) {
                put(outputs, id, exit, said);
                id = section.group(1);
                exit = section.group(2);
                said.setLength(0);
            } else {
                said.append(line).append('\n');
            }
        }
        put(outputs, id, exit, said);
        return new Evidence(outputs);
    }

    private static void put(Map<String, Output> outputs, String id, String exit, StringBuilder said) {
        if (!id.isEmpty()) {
            boolean late = exit.equals("timeout");
            OptionalInt status = late ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(exit));
            outputs.put(id, new Output(id, status, late, said.toString().stripTrailing() + "\n"));
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
