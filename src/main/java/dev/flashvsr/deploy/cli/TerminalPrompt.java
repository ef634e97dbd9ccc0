package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.ssh.Prompt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the person at the terminal, where there is one. What was answered out of sight is kept in memory, so that a lost link
 * can be restored without asking again.
 */
final class TerminalPrompt implements Prompt {
    /** How a question begins when the last answer to it did not fit. */
    private static final String ONCE_MORE = "That was not it. ";

    private final Map<String, String> answers = new HashMap<>();

    @Override
    public boolean attended() {
        return System.console() != null;
    }

    @Override
    public Optional<String> secret(String question) {
        String bare = question.startsWith(ONCE_MORE) ? question.substring(ONCE_MORE.length()) : question;
        if (!bare.equals(question)) {
            answers.remove(bare);
        }
        Optional<String> answer = Optional.ofNullable(answers.get(bare)).or(() -> typed(question));
        answer.ifPresent(given -> answers.put(bare, given));
        return answer;
    }

    private static Optional<String> typed(String question) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
                .map(String::new);
    }

    @Override
    public boolean yes(String question) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readLine("%s [y/N] ", question)))
                .map(answer ->
                        answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"))
                .orElse(false);
    }
}
