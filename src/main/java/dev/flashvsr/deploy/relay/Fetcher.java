package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.fetch.FetchProgress;
import dev.flashvsr.deploy.fetch.GitBundles;
import dev.flashvsr.deploy.fetch.HttpDownloads;
import dev.flashvsr.deploy.fetch.Source;
import dev.flashvsr.deploy.fetch.Store;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.secret.Secret;
import dev.flashvsr.deploy.transfer.LocalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gets downloads to this machine. Used by several threads. */
final class Fetcher {
    private final Store store;
    private final HttpDownloads web;
    private final GitBundles git;
    private final Map<String, Secret> secrets;

    Fetcher(Store store, HttpDownloads web, GitBundles git, Map<String, Secret> secrets) {
        this.store = store;
        this.web = web;
        this.git = git;
        this.secrets = Map.copyOf(secrets);
    }

    /** What must be sent so that the box need not fetch it; {@code progress} is asked for by the name of what is fetched. */
    List<Parcel> fetch(Download download, Function<String, FetchProgress> progress) throws InterruptedException {
        if (download instanceof Download.Web file) {
            String name = name(file.path());
            Optional<Secret> token = file.token().flatMap(secret -> Optional.ofNullable(secrets.get(secret)));
            Source source = new Source(name, file.address(), file.sha256(), token);
            return List.of(parcel(source, file.path(), progress));
        } else if (download instanceof Download.Wheel wheel) {
            Source source = web.wheel(wheel.index(), wheel.name(), wheel.sha256());
            return List.of(parcel(source, wheel.directory() + "/" + source.name(), progress));
        } else if (download instanceof Download.Stated stated) {
            Source source = web.stated(stated.index(), stated.file());
            Parcel file = parcel(source, stated.place(), progress);
            return List.of(note(source, stated), file);
        }
        Download.Commit commit = (Download.Commit) download;
        String name = name(commit.url()) + " at " + commit.commit().substring(0, 12);
        Path bundle = git.get(commit.url(), commit.commit());
        return List.of(new Parcel(name, LocalFile.of(bundle), commit.path()));
    }

    private Parcel parcel(Source source, String path, Function<String, FetchProgress> progress)
            throws InterruptedException {
        Path file = web.get(source, progress.apply(source.name()));
        return new Parcel(source.name(), local(file, source.sha256()), path);
    }

    /** What the index said, as {@code sha256sum} writes it; the box has it before the file. */
    private Parcel note(Source source, Download.Stated stated) {
        String text = source.sha256() + " *" + stated.file() + "\n";
        Path file = store.note(text);
        return new Parcel(stated.file() + ".sha256", LocalFile.of(file), stated.place() + ".sha256");
    }

    private static LocalFile local(Path file, String sha256) {
        try {
            return new LocalFile(file, Files.size(file), sha256);
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "The file " + file + " is gone again.",
                    "Run the same command again; what else has come is kept.",
                    e);
        }
    }

    /** The last part of a path or an address. */
    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
