package dev.flashvsr.deploy.inspect.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user's document of questions to providers, as it is. */
final class Checklist {
    private static final Path FILE =
            Path.of("src/test/resources/dev/flashvsr/deploy/inspect/catalogue/provider-checklist.ru.md");
    private static final Pattern BOX = Pattern.compile("( *)- \\[ ] (.*)");
    private static final Pattern SECTION = Pattern.compile("## (.*)");
    private static final Pattern PART = Pattern.compile("### (.*)|\\*\\*((?:Обязательно|Желательно):)\\*\\*");

    /** One box to tick, without Markdown's marks. */
    record Box(int line, int depth, String section, String part, String text) {}

    private Checklist() {}

    static List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        String section = "";
        String part = "";
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher box = BOX.matcher(line);
            Matcher heading = PART.matcher(line.strip());
            if (SECTION.matcher(line).matches()) {
                section = unmarked(line.substring(3));
            } else if (heading.matches()) {
                part = unmarked(Optional.ofNullable(heading.group(1)).orElse(heading.group(2)));
            } else if (box.matches()) {
                boxes.add(new Box(i + 1, box.group(1).length() / 2, section, part, unmarked(box.group(2))));
            }
        }
        return boxes;
    }

    /** What stands below the last heading: the project's description. */
    static List<String> about() {
        List<String> lines = lines();
        return lines.subList(lines.indexOf("## Дополнительная информация для провайдера"), lines.size()).stream()
                .filter(line -> line.startsWith("**"))
                .map(Checklist::unmarked)
                .toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unmarked(String text) {
        return text.replace("**", "").replace("`", "").strip();
    }
}
