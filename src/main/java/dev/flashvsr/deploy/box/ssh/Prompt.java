package dev.flashvsr.deploy.box.ssh;

import java.util.Optional;

/** The person at the keyboard, if there is one. */
public interface Prompt {
    /** Asks for a word that is not echoed; empty: nobody is there, or the person gave up. */
    Optional<String> secret(String question);

    /** Asks a question whose answer is yes or no; false when nobody is there. */
    boolean yes(String question);

    /** Whether somebody can be asked. */
    boolean attended();

    /** Nobody is there. */
    static Prompt nobody() {
        return new Prompt() {
            @Override
            public Optional<String> secret(String question) {
                return Optional.empty();
            }

            @Override
            public boolean yes(String question) {
                return false;
            }

            @Override
            public boolean attended() {
                return false;
            }
        };
    }
}
