package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import dev.flashvsr.deploy.progress.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Commits as files: a bundle with the commit alone, without what was before it, made by this machine's own Git. A bundle
 * that is there is kept for the next box.
 */
public final class GitBundles {
    /** The name that the commit has in its bundle. */
    public static final String REF = "refs/heads/relayed";

    private static final Duration FETCH = Duration.ofHours(2);
    private static final Duration LOCAL = Duration.ofMinutes(10);

    private final Store store;
    private final Map<String, String> environment;

    /** In this store, as {@code COMMIT.bundle}. */
    public GitBundles(Store store, Map<String, String> environment) {
        this.store = store;
        Map<String, String> clean = new TreeMap<>(environment);
        clean.keySet().removeIf(name -> name.startsWith("GIT_"));
        clean.put("GIT_TERMINAL_PROMPT", "0");
        clean.put("GIT_ALLOW_PROTOCOL", "https:http:ssh:git");
        clean.put("LC_ALL", "C");
        this.environment = Map.copyOf(clean);
    }

    /** Whether its bundle is here already. */
    public boolean has(String commit) {
        return store.has(key(commit));
    }

    /**
     * The bundle of that commit of that repository, whole.
     *
     * @param commit 40 lower-case hex digits
     * @throws DeployException exit status 1 when it can't be had
     */
    public Path get(String url, String commit) throws InterruptedException {
        Path bundle = store.file(key(commit));
        Path repository = store.part(commit);
        try (Store.Claim claim = store.claim(commit)) {
            if (has(commit)) {
                return bundle;
            }
            remove(repository);
            git("init", "-q", "--bare", repository.toString());
            fetch(repository, url, commit);
            Path made = repository.resolve("made.bundle");
            in(repository, LOCAL, "update-ref", REF, commit);
            in(repository, LOCAL, "bundle", "create", made.toString(), REF);
            Files.move(made, bundle, StandardCopyOption.ATOMIC_MOVE);
            remove(repository);
            return bundle;
        } catch (IOException e) {
            throw store.unwritable(e);
        }
    }

    /** Not every server gives a commit that is no tip of a branch: then all of the history comes along. */
    private void fetch(Path repository, String url, String commit) {
        List<String> only = List.of("fetch", "-q", "--depth", "1", "--no-tags", "--", url, commit);
        if (run(repository, FETCH, only).ok()) {
            return;
        }
        LocalResult all = run(
                repository,
                FETCH,
                List.of("fetch", "-q", "--", url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"));
        if (!all.ok()) {
            throw failed(url + " can't be fetched by this machine's git", all);
        }
        LocalResult there = run(repository, LOCAL, List.of("cat-file", "-e", commit + "^{commit}"));
        if (!there.ok()) {
            throw failed(url + " has no commit " + commit, there);
        }
    }

    private void in(Path repository, Duration limit, String... arguments) {
        LocalResult result = run(repository, limit, List.of(arguments));
        if (!result.ok()) {
            throw failed("git " + arguments[0] + " failed in " + repository, result);
        }
    }

    private void git(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        LocalResult result = LocalCommand.of(words.toArray(String[]::new))
                .withEnvironment(environment)
                .run(LOCAL);
        if (!result.ok()) {
            throw failed("git " + arguments[0] + " failed", result);
        }
    }

    private LocalResult run(Path repository, Duration limit, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                "git",
                "-c",
                "http.lowSpeedLimit=1000",
                "-c",
                "http.lowSpeedTime=60",
                "-c",
                "gc.auto=0",
                "--git-dir",
                repository.toString()));
        words.addAll(arguments);
        return LocalCommand.of(words.toArray(String[]::new))
                .withEnvironment(environment)
                .run(limit);
    }

    private static DeployException failed(String what, LocalResult result) {
        String said =
                SafeText.of(result.error().lines().reduce((first, last) -> last).orElse(""));
        return FetchFailures.failed(
                what + (said.isEmpty() ? "" : ": " + said) + ".",
                "Is this machine connected, and are the address and the commit right?");
    }

    private static String key(String commit) {
        return commit + ".bundle";
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
