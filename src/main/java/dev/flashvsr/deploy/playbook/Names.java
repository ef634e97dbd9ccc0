package dev.flashvsr.deploy.playbook;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms of names in a playbook, and the variables that are not the user's to set. */
public final class Names {
    private static final int MAX_LENGTH = 64;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Variables that steer a program before, or instead of, what a script says; the box never passes them on. */
    private static final Pattern STEERING =
            Pattern.compile("(BASH|LD_|PYTHON|PIP_|CONDA_|STEP_|DEPLOY_|deploy_|LC_|NVIDIA_|SSL_CERT_).*|_");

    /** Bash's own variables (bash(1), "Shell Variables"), and those that the box sets for every script. */
    static final Set<String> TAKEN =
            Set.of(("PATH HOME USER LOGNAME TMPDIR TZ LANG LANGUAGE SHELL TERM PWD OLDPWD CUDA_VISIBLE_DEVICES"
                            + " CURL_CA_BUNDLE REQUESTS_CA_BUNDLE AWS_CA_BUNDLE GIT_SSL_CAINFO GIT_SSL_CAPATH"
                            + " NODE_EXTRA_CA_CERTS"
                            + " http_proxy https_proxy ftp_proxy all_proxy no_proxy"
                            + " HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY"
                            + " IFS ENV CDPATH COLUMNS LINES COMP_CWORD COMP_KEY COMP_LINE COMP_POINT COMP_TYPE"
                            + " COMP_WORDBREAKS COMP_WORDS COMPREPLY COPROC DIRSTACK EMACS EPOCHREALTIME EPOCHSECONDS EUID"
                            + " EXECIGNORE FCEDIT FIGNORE FUNCNAME FUNCNEST GLOBIGNORE GROUPS HISTCMD HISTCONTROL HISTFILE"
                            + " HISTFILESIZE HISTIGNORE HISTSIZE HISTTIMEFORMAT HOSTFILE HOSTNAME HOSTTYPE IGNOREEOF"
                            + " INPUTRC INSIDE_EMACS MACHTYPE MAIL MAILCHECK MAILPATH MAPFILE OPTARG OPTERR OPTIND OSTYPE"
                            + " PIPESTATUS POSIXLY_CORRECT PPID PROMPT_COMMAND PROMPT_DIRTRIM PS0 PS1 PS2 PS3 PS4"
                            + " RANDOM READLINE_ARGUMENT READLINE_LINE READLINE_MARK READLINE_POINT REPLY SECONDS"
                            + " SHELLOPTS SHLVL SRANDOM TIMEFORMAT TMOUT UID auto_resume histchars")
                    .split(" "));

    private Names() {}

    /** Why {@code id} can't name a step, a lock, a requirement or a playbook; empty if it can. */
    public static Optional<String> wrongId(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.of("must consist of a-z, 0-9 and -, and not begin with -");
        }
        return id.length() > MAX_LENGTH
                ? Optional.of("is longer than " + MAX_LENGTH + " characters")
                : Optional.empty();
    }

    /** Why {@code name} can't name a variable; empty if it can. {@code root} can. */
    public static Optional<String> wrongVariable(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            return Optional.of("must consist of letters, digits and _, and not begin with a digit");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        return STEERING.matcher(name).matches() || TAKEN.contains(name)
                ? Optional.of("is used by the shell or the box")
                : Optional.empty();
    }
}
