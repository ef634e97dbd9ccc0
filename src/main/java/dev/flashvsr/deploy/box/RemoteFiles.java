package dev.flashvsr.deploy.box;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Small files of a box, sent and fetched whole by commands: no SFTP subsystem is needed. */
public final class RemoteFiles {
    private static final BoxScript PUT = BoxScripts.load("put-file");
    private static final BoxScript GET = BoxScripts.load("get-file");

    private final BoxShell shell;
    private final Duration limit;

    /** With a time limit for each file. */
    public RemoteFiles(BoxShell shell, Duration limit) {
        this.shell = shell;
        this.limit = limit;
    }

    /**
     * Writes a file with mode 0600, in directories that are made where they are missing. What reads it meets the old or
     * the new one, never a part.
     */
    public void put(String path, byte[] bytes) {
        shell.run(PUT.withArguments(path, String.valueOf(bytes.length)), Payload.of(bytes), limit)
                .expectOk("write " + path);
    }

    /** Reads a file of at most 15 MiB; empty when there is none. */
    public Optional<byte[]> get(String path) {
        byte[] answer = shell.run(GET.withArguments(path), Payload.none(), limit)
                .expectOk("read " + path)
                .output();
        return answer.length == 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(answer, 1, answer.length));
    }
}
