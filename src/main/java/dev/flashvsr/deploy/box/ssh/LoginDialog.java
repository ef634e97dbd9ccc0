package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import dev.flashvsr.deploy.box.Said;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Answers what a login asks for, from the person at the keyboard, and remembers what was asked for the message of a failure. */
final class LoginDialog implements UserInfo, UIKeyboardInteractive {
    private static final int TRIES = 3;

    private final Prompt prompt;
    private final String label;
    private Optional<String> answer = Optional.empty();
    private int passwords;
    private int passphrases;
    private String lastKey = "";
    private boolean passphraseMissing;

    LoginDialog(Prompt prompt, String label) {
        this.prompt = prompt;
        this.label = label;
    }

    /** The key whose passphrase nobody gave; empty when all was answered. */
    Optional<String> keyWithoutPassphrase() {
        return passphraseMissing ? Optional.of(lastKey) : Optional.empty();
    }

    /** How many passwords were tried. */
    int passwords() {
        return passwords;
    }

    /** The passphrase of a key; empty after three tries, or when nobody gives one. */
    Optional<String> passphrase(String key) {
        passphrases = key.equals(lastKey) ? passphrases + 1 : 1;
        lastKey = key;
        Optional<String> given = passphrases > TRIES
                ? Optional.empty()
                : prompt.secret((passphrases > 1 ? "That was not it. " : "") + "Passphrase of the key " + key + ": ");
        passphraseMissing = given.isEmpty();
        return given;
    }

    @Override
    public boolean promptPassphrase(String message) {
        answer = passphrase(message.replaceFirst("^Passphrase for ", ""));
        return answer.isPresent();
    }

    @Override
    public boolean promptPassword(String message) {
        answer = password();
        return answer.isPresent();
    }

    /** Only a single hidden question for a password is answered: no other one would be understood by the person. */
    @Override
    @SuppressWarnings("NullAway") // JSch's word for "cancelled"
    public String[] promptKeyboardInteractive(
            String destination, String name, String instruction, String[] questions, boolean[] echo) {
        if (questions.length == 0) {
            return new String[0];
        }
        boolean forPassword = questions.length == 1
                && !echo[0]
                && questions[0].toLowerCase(java.util.Locale.ROOT).contains("passw");
        Optional<String> given = forPassword ? password() : Optional.empty();
        return given.map(word -> new String[] {word}).orElse(null);
    }

    private Optional<String> password() {
        if (passwords >= TRIES) {
            return Optional.empty();
        }
        Optional<String> given =
                prompt.secret((passwords > 0 ? "That was not it. " : "") + "Password for " + label + ": ");
        if (given.isPresent()) {
            passwords++;
        }
        return given;
    }

    @Override
    @SuppressWarnings("NullAway") // asked only after a prompt that was answered
    public String getPassphrase() {
        return answer.orElse(null);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public String getPassword() {
        return answer.orElse(null);
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        LoggerFactory.getLogger(LoginDialog.class).debug("{} says: {}", label, Said.line(message));
    }
}
