package dev.flashvsr.deploy.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which of the playbook's requirements are not insisted on. */
final class RequireOptions {
    @Option(
            names = "--ignore",
            paramLabel = "ID",
            split = ",",
            description = "Go on although the box does not meet this requirement.")
    List<String> ignore = new ArrayList<>();

    Again addTo(Again again) {
        return again.with("--ignore", ignore);
    }
}
