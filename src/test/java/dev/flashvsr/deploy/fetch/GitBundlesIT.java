package dev.flashvsr.deploy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real Git, from a server that gives no single commits (the plain files of a repository): all of the history comes along. */
@Timeout(120)
class GitBundlesIT {
    @TempDir
    Path directory;

    private WebFixture web;
    private String second = "";
    private GitBundles bundles;

    @BeforeEach
    void repository() throws IOException {
        Path made = Files.createDirectories(directory.resolve("made"));
        git(made, "init", "-q");
        for (String text : new String[] {"one", "two", "three"}) {
            Files.writeString(made.resolve("file"), text);
            git(made, "add", "file");
            git(made, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", text);
        }
        second = git(made, "rev-parse", "HEAD~1").strip();
        git(directory, "clone", "-q", "--bare", made.toString(), "served.git");
        git(directory.resolve("served.git"), "update-server-info");
        web = new WebFixture().on("/", this::serve);
        bundles = new GitBundles(new Store(directory.resolve("git")), System.getenv());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aCommitThatIsNoTipComesAsABundleAndIsKept() throws Exception {
        String url = web.at("/served.git").toString();
        Path bundle = bundles.get(url, second);
        web.close();

        assertThat(bundles.get(url, second))
                .isEqualTo(bundle)
                .isEqualTo(directory.resolve("git/" + second + ".bundle"));

        Path taken = Files.createDirectories(directory.resolve("taken"));
        git(taken, "init", "-q");
        git(taken, "fetch", "-q", bundle.toString(), GitBundles.REF);
        git(taken, "checkout", "-q", "--detach", second);
        assertThat(taken.resolve("file")).hasContent("two");
    }

    @Test
    void aCommitThatIsNotThereAndAServerThatIsNotThereAreSaid() {
        String url = web.at("/served.git").toString();
        String none = "0".repeat(39) + "1";

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> bundles.get(url, none))
                .withMessageStartingWith(url + " has no commit " + none);
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> bundles.get("http://127.0.0.1:1/x.git", second))
                .withMessageStartingWith("http://127.0.0.1:1/x.git can't be fetched by this machine's git: fatal: ");
        assertThatExceptionOfType(DeployException.class)
                .as("a way to run a command")
                .isThrownBy(() -> bundles.get("ext::sh -c true", second))
                .withMessageContaining("transport 'ext' not allowed");
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
        if (Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(200, Math.max(1, Files.size(file)));
            exchange.getResponseBody().write(Files.readAllBytes(file));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static String git(Path where, String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "git";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        LocalResult result =
                LocalCommand.of(words).withEnvironment(environment).in(where).run(Duration.ofMinutes(1));
        assertThat(result.ok()).as(result::toString).isTrue();
        return result.output();
    }
}
