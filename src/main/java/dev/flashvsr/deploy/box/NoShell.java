package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login that runs no commands, told by what was said in place of an answer: a gateway, an account without a shell, one for
 * files alone. A start file is to blame for none of them.
 *
 * @param words that give it away
 * @param what it is: a sentence after "X: "
 * @param next what to do
 */
record NoShell(Pattern words, String what, String next) {
    /** Where a gateway stands before the box. */
    static final String DIRECT_ADDRESS = "use the box's own address, on RunPod that of \"SSH over exposed TCP\"";

    private static final String ANOTHER_USER =
            "Log in as a user with a shell, or give this one a shell: usermod -s" + " /bin/bash USER, as root there.";

    private static final String FILES_ONLY =
            ANOTHER_USER + " ForceCommand internal-sftp in /etc/ssh/sshd_config may have to go.";

    /** The first that fits counts. */
    private static final List<NoShell> KINDS = List.of(
            kind(
                    "login as the user \\W?([a-z_][a-z0-9_-]*)",
                    "this image wants another user than the one that logged in.",
                    "Name that user in the target: USER@HOST:PORT."),
            kind(
                    "password (has )?expired|password change required|change your password",
                    "the password of this user has expired, and must be changed first.",
                    "Log in once with ssh in a terminal and set a new password."),
            kind(
                    "sftp (connections?|sessions?|access|transfers?)? ?only|allows? (only )?s(ftp|cp)|only (allows? )?s(ftp|cp)",
                    "this login is for transferring files only (SFTP).",
                    FILES_ONLY),
            kind(
                    "restricted:|: restricted|restricted shell|\\brbash\\b|forbidden (command|path|character)",
                    "the login shell is a restricted one, which runs no other programs.",
                    ANOTHER_USER),
            kind(
                    "account is (currently )?not available|\\bnologin\\b|account (is|has been) (disabled|locked)|shell access"
                            + "|interactive git shell|git-shell",
                    "this account has no shell that runs commands.",
                    ANOTHER_USER),
            kind(
                    "\\bpty\\b|pseudo-?terminal|(needs?|requires?|without) (a |an )?(tty|terminal)"
                            + "|only interactive|interactive (shells?|sessions?|logins?) only"
                            + "|commands? (execution )?(is |are )?not (supported|allowed|permitted)"
                            + "|\\bexec\\b.{0,30}not (supported|allowed|permitted)",
                    "this is a gateway that opens terminals and runs no commands.",
                    "Use the box's own address and port. On RunPod that is \"SSH over exposed TCP\" on the pod's Connect page"
                            + " (root@ADDRESS -p PORT; the pod needs TCP port 22 exposed), not the one at ssh.runpod.io;"
                            + " elsewhere the provider's page has it as direct SSH."));

    private static NoShell kind(String words, String what, String next) {
        return new NoShell(Pattern.compile(words, Pattern.CASE_INSENSITIVE), what, next);
    }

    /** What a login without an answer is, where its words tell. */
    static Optional<DeployException> found(String box, Exit exit, String said) {
        if (exit instanceof Exit.Exited exited && exited.status() == BootLine.INCOMPLETE) {
            return Optional.of(tookInput(box, said));
        }
        return KINDS.stream()
                .map(kind -> kind.match(said).map(user -> kind.failure(box, user, said)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The word that it names, or an empty one; empty when it does not fit. */
    private Optional<String> match(String said) {
        Matcher found = words.matcher(said);
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.of(found.groupCount() == 1 ? String.valueOf(found.group(1)) : "");
    }

    private DeployException failure(String box, String user, String said) {
        String remedy = next.startsWith("Name that user") ? next.replace("USER", user) : next;
        return new DeployException(
                ExitCode.UNFIT,
                box + " took the login, but runs no commands: " + what + ShellFailures.said(said),
                remedy);
    }

    /** The server answers as an SFTP server, whatever it is told to run. */
    static DeployException sftpOnly(String box) {
        return new DeployException(
                ExitCode.UNFIT,
                box + " took the login, but runs no commands: this login is for transferring files only (SFTP).",
                FILES_ONLY);
    }

    private static DeployException tookInput(String box, String said) {
        return new DeployException(
                ExitCode.UNFIT,
                "On " + box + " our command did not get all that was sent to it: a start file of the login shell reads"
                        + " standard input." + ShellFailures.said(said),
                """
                Log in and put this line on top of ~/.bashrc:
                    case $- in *i*) ;; *) return ;; esac
                It leaves the file when no person sits at it. Or give what reads there (read, cat, ssh, a question with a \
                default) </dev/null as its input. Other shells: ~/.zshenv, ~/.cshrc, ~/.config/fish/config.fish.""");
    }
}
