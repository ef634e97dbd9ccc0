package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the program. */
@Command(
        name = "flashvsr-deploy",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "Turns a rented Linux box with an NVIDIA A100 into a working FlashVSR installation.")
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** All commands by their names, in the order of the help. */
    static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("plan", PlanCommand.class);
        commands.put("up", UpCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("inspect", InspectCommand.class);
        commands.put("attach", AttachCommand.class);
        commands.put("logs", LogsCommand.class);
        commands.put("cancel", CancelCommand.class);
        commands.put("clean", CleanCommand.class);
        commands.put("verify", VerifyCommand.class);
        commands.put("rehearse", RehearseCommand.class);
        commands.put("questions", QuestionsCommand.class);
        commands.put("compare", CompareCommand.class);
        commands.put("generate-completion", AutoComplete.GenerateCompletion.class);
        return commands;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine line = commandLine(args);
        int status = line.execute(args);
        Optional<String> lost = StandardOutput.trouble();
        if (lost.isPresent()) {
            int told = Failures.print(line.getErr(), lostOutput(lost.get()));
            status = status == ExitCode.OK.status() ? told : status;
        }
        System.exit(status);
    }

    private static DeployException lostOutput(String why) {
        return new DeployException(
                ExitCode.FAILED,
                "Standard output did not take all that was to be said: " + why + ".",
                "Look where it goes to, such as a file on a full disk.");
    }

    /**
     * What reads these arguments, with what is done about failures. Where the first names a command it knows that one
     * alone: to look at the options of all of them takes longer than a whole connection.
     */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        Map<String, Class<?>> commands = commands();
        String first = args.length == 0 ? "" : args[0];
        if (commands.containsKey(first) && commands.get(first) != AutoComplete.GenerateCompletion.class) {
            commands.keySet().retainAll(Set.of(first));
        }
        commands.forEach(line::addSubcommand);
        Failures failures = new Failures();
        return line.setErr(new PrintWriter(StandardOutput.errors(), true))
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
