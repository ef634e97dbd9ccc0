package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;

/** Says why a script got no whole answer, and what to do about it. */
final class ShellFailures {
    private ShellFailures() {}

    /** The channel ended before the script began, and what was said names no other cause. */
    static DeployException noBegin(String box, Exit exit, String said) {
        return new DeployException(
                ExitCode.UNFIT,
                "On " + box + " the login shell ended (" + text(exit) + ") before our command ran, so a start file of"
                        + " that shell ends it, "
                        + (said.isBlank() ? "the shell is one that runs nothing (/bin/false), " : "")
                        + "or another command runs in place of ours (ForceCommand in sshd_config,"
                        + " command= in ~/.ssh/authorized_keys)." + said(said),
                """
                Log in and put this line on top of ~/.bashrc:
                    case $- in *i*) ;; *) return ;; esac
                It leaves the file, but not the shell, when no person sits at it; so an exit or exec further down is no \
                longer met by commands. If ~/.bashrc is not to blame, look at /etc/bash.bashrc, the file that BASH_ENV \
                names, ~/.zshenv, ~/.cshrc and ~/.config/fish/config.fish; a login shell such as /bin/false must be changed.""");
    }

    /** The box can't run our scripts. */
    static DeployException unfitBash(String box, String word) {
        String found = word.equals("no-bash")
                ? "There is no bash on " + box + " (none in the PATH of commands)."
                : "The bash on " + box + " is too old: " + Said.line(word.substring(word.indexOf(' ') + 1))
                        + ", needed is 4.4.";
        return new DeployException(
                ExitCode.UNFIT,
                found,
                "Install bash 4.4 or later (apt-get install bash), or rent a box with a usual image.");
    }

    static DeployException endlessNoise(String box, String noise) {
        return new DeployException(
                ExitCode.UNFIT,
                "On " + box + " a start file prints without end before our command runs." + said(noise),
                "Log in and put this line on top of ~/.bashrc: case $- in *i*) ;; *) return ;; esac");
    }

    /** The script had begun, and its output was cut off. */
    static DeployException cutOff(String box, BoxScript script, Exit exit, String error) {
        if (exit instanceof Exit.Lost lost) {
            return new LinkLostException(
                    "The connection to " + box + " broke during " + script.name() + ": " + lost.why());
        }
        return new DeployException(
                ExitCode.FAILED,
                "On " + box + " something ended our command " + script.name() + " (" + text(exit) + ")." + said(error),
                "Look for a full memory or a limit on processes on the box, and try again.");
    }

    static LinkLostException lateBegin(String box, BoxScript script, Duration limit, String noise) {
        return new LinkLostException(
                box + " took the login, but did not begin our command " + script.name() + " within "
                        + limit.toSeconds()
                        + " s: it may refuse commands (a gateway with terminals only: " + NoShell.DIRECT_ADDRESS
                        + "), or a start file of the login shell waits, for input say."
                        + said(noise));
    }

    static LinkLostException linkLost(String box, Exception cause) {
        return new LinkLostException(
                "The connection to " + box + " broke: " + Said.line(String.valueOf(cause.getMessage())), cause);
    }

    static String text(Exit exit) {
        if (exit instanceof Exit.Exited exited) {
            return "status " + exited.status();
        }
        return exit instanceof Exit.Signalled signalled ? "signal " + signalled.name() : "lost";
    }

    static String said(String untrusted) {
        String line = Said.line(untrusted);
        return line.isEmpty() ? "" : " It said: " + line;
    }
}
