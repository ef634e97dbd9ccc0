package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.ssh.Prompt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Puts its questions to a person, but not before {@code time}.
 *
 * @param time completed when the person may be asked
 */
record LaterPrompt(Prompt person, CompletableFuture<Void> time) implements Prompt {
    @Override
    public Optional<String> secret(String question) {
        time.join();
        return person.secret(question);
    }

    @Override
    public boolean yes(String question) {
        time.join();
        return person.yes(question);
    }

    @Override
    public boolean attended() {
        return person.attended();
    }
}
