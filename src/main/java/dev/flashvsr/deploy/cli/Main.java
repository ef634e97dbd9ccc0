package dev.flashvsr.deploy.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the program. */
@Command(
        name = "flashvsr-deploy",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {
            PlanCommand.class,
            UpCommand.class,
            StatusCommand.class,
            InspectCommand.class,
            AttachCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            VerifyCommand.class,
            RehearseCommand.class,
            QuestionsCommand.class,
            CompareCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        description = "Turns a rented Linux box with an NVIDIA A100 into a working FlashVSR installation.")
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** All commands, with what is done about their failures. */
    static CommandLine commandLine() {
        Failures failures = new Failures();
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setExecutionStrategy(parsed -> {
                    if (Failures.isVerbose(parsed)) {
                        // Read by logback.xml, when the first class that logs is loaded.
                        System.setProperty("flashvsr.deploy.log", "DEBUG");
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
