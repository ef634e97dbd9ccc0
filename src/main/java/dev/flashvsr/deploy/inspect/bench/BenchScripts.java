package dev.flashvsr.deploy.inspect.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxScripts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What measures on the box: the resources {@code inspect/bench}. */
final class BenchScripts {
    private BenchScripts() {}

    static BoxScript push() {
        return script("line-push");
    }

    static BoxScript pull() {
        return script("line-pull");
    }

    static BoxScript disk() {
        return atPlace("disk");
    }

    static BoxScript compile() {
        return atPlace("compile");
    }

    /** With what finds the session's environment in front. */
    static BoxScript gpu() {
        return new BoxScript("gpu", BoxScripts.load("env").text() + "\n" + text("gpu.sh"));
    }

    /** The Python that {@link #gpu()} reads on its standard input. */
    static byte[] python() {
        return Stream.of("watch.py", "driver.py", "pytorch.py", "measure.py")
                .map(BenchScripts::text)
                .collect(Collectors.joining("\n\n"))
                .getBytes(UTF_8);
    }

    /** With what makes and removes its directory in front. */
    private static BoxScript atPlace(String name) {
        return new BoxScript(name, text("place.sh") + "\n" + text(name + ".sh"));
    }

    private static BoxScript script(String name) {
        return new BoxScript(name, text(name + ".sh"));
    }

    private static String text(String file) {
        try (InputStream stream =
                BenchScripts.class.getResourceAsStream("/dev/flashvsr/deploy/inspect/bench/" + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + file);
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
