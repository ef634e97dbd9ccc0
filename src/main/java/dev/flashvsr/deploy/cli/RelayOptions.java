package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.relay.RelayedHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which downloads go through this machine. */
final class RelayOptions {
    private static final String ALL = "*";

    @Option(
            names = "--relay",
            paramLabel = "HOST",
            arity = "0..1",
            split = ",",
            preprocessor = OnlyAttached.class,
            description = "Fetch what steps download on this machine and send it to the box: all of it, or with"
                    + " --relay=HOST,... what comes from these hosts.")
    List<String> relay = new ArrayList<>();

    /** {@link dev.flashvsr.deploy.problem.DeployException} with exit status 2 for a host that nothing comes from. */
    RelayedHosts hosts(Work work) {
        if (relay.isEmpty()) {
            return RelayedHosts.NONE;
        }
        return RelayedHosts.of(relay.contains(ALL) ? List.of() : relay, work.playbook(), work.values());
    }

    Again addTo(Again again) {
        return again.withAttached("--relay", relay.contains(ALL) ? List.of("") : relay);
    }

    /** What follows without a "=" is the next argument, such as the box, and no host. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete")
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec arg, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push(ALL);
            }
            return false;
        }
    }
}
