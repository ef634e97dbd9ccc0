package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The bash that this program brings along for the box: the resources {@code box/*.sh}. */
public final class BoxScripts {
    private BoxScripts() {}

    /** The file {@code name + ".sh"}; {@link IllegalArgumentException} when this program has no such file. */
    public static BoxScript load(String name) {
        return new BoxScript(name, new String(bytes(name), StandardCharsets.UTF_8));
    }

    /** Several files as one script, in this order, called {@code name}. */
    public static BoxScript join(String name, String... files) {
        return new BoxScript(
                name, Arrays.stream(files).map(file -> load(file).text()).collect(Collectors.joining("\n")));
    }

    /** The file's exact bytes, for a bundle. */
    public static byte[] bytes(String name) {
        try (InputStream file = BoxScripts.class.getResourceAsStream(name + ".sh")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no box script " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
