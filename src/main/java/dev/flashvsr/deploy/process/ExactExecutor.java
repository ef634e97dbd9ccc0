package dev.flashvsr.deploy.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;

/** An executor that hands over each argument as it is: the library's own strips the white space around it. */
final class ExactExecutor extends DefaultExecutor {
    private final LocalCommand command;

    // The builder that replaces this constructor makes only the library's own class.
    @SuppressWarnings("deprecation")
    ExactExecutor(LocalCommand command, ExecuteStreamHandler streams) {
        this.command = command;
        setStreamHandler(streams);
    }

    @Override
    protected Process launch(CommandLine ignored, Map<String, String> environment, Path directory) throws IOException {
        return command.builder().start();
    }
}
