package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.progress.UrlCredentials;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, where and what to do next, without a stack trace unless {@code -v} asks for one. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean verbose = isVerbose(parsed);
        ExitCode code = ExitCode.FAILED;
        if (failure instanceof DeployException expected) {
            print(err, expected);
            code = expected.exitCode();
        } else {
            String what = Optional.ofNullable(failure.getMessage()).orElse("no message");
            print(
                    err,
                    "internal error: " + failure.getClass().getSimpleName() + ": " + what,
                    verbose
                            ? Optional.empty()
                            : Optional.of("This is a mistake in flashvsr-deploy. Run again with -v for its trace."));
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return code.status();
    }

    /** Whether the command itself was given {@code -v}. */
    static boolean isVerbose(ParseResult parsed) {
        return parsed.hasMatchedOption("--verbose") || (parsed.hasSubcommand() && isVerbose(parsed.subcommand()));
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        print(
                err,
                Optional.ofNullable(failure.getMessage())
                        .map(what -> what.replaceFirst("^Error: ", ""))
                        .orElse("wrong usage"),
                Optional.of("See '" + called(command) + " --help'."));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.flush();
        return ExitCode.USAGE.status();
    }

    private static String called(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        int words = name.indexOf(' ');
        return Called.name() + (words < 0 ? "" : name.substring(words));
    }

    /** Says it, and gives back the exit status that it has. */
    static int print(PrintWriter err, DeployException failure) {
        print(err, Optional.ofNullable(failure.getMessage()).orElse("failed"), failure.next());
        err.flush();
        return failure.exitCode().status();
    }

    private static void print(PrintWriter err, String what, Optional<String> next) {
        err.println("error: " + UrlCredentials.hide(what));
        next.map(UrlCredentials::hide).ifPresent(err::println);
    }
}
