package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** The question whether a login speaks SFTP, whatever command is asked for: some are for transferring files only. */
record SftpQuestion(Box box) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** SSH_FXP_INIT, version 3, and the type of its answer, SSH_FXP_VERSION. */
    private static final byte[] HELLO = {0, 0, 0, 5, 1, 0, 0, 0, 3};

    private static final int ANSWER_TYPE = 2;
    private static final int HEADER = 5;

    boolean isAnswered() {
        try (BoxProcess process = box.start("exit");
                Deadline deadline = new Deadline(LIMIT, process::close)) {
            OutputStream out = process.stdin();
            out.write(HELLO);
            out.flush();
            InputStream in = process.stdout();
            byte[] header = in.readNBytes(HEADER);
            return !deadline.passed()
                    && header.length == HEADER
                    && header[0] == 0
                    && header[1] == 0
                    && header[HEADER - 1] == ANSWER_TYPE;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
