package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What views print, held against files beside the tests; {@code -Dgolden=write} writes them anew, to be looked at. */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/flashvsr/deploy/inspect/views");

    private Golden() {}

    /** Fails where the text is not that of the file. */
    public static void holds(String file, String text) {
        Path path = DIRECTORY.resolve(file);
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(path, text);
            }
            assertThat(text).as(file).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
