package dev.flashvsr.deploy.inspect.catalogue;

import java.util.List;

/**
 * What is sent to a provider.
 *
 * @param subject its subject line
 * @param greeting who writes, and why
 * @param good what stands before a good answer
 * @param topics the questions, in the order in which they are asked
 * @param aboutTitle the heading of the project's description
 * @param about the project's description, line by line
 * @param closing the last words
 */
public record Letter(
        Wording subject,
        Wording greeting,
        Wording good,
        List<Topic> topics,
        Wording aboutTitle,
        List<Wording> about,
        Wording closing) {
    private static final Wording NOTHING = Wording.same("");

    /** Asks nothing. */
    public static final Letter NONE = new Letter(NOTHING, NOTHING, NOTHING, List.of(), NOTHING, List.of(), NOTHING);

    /** Keeps copies. */
    public Letter {
        topics = List.copyOf(topics);
        about = List.copyOf(about);
    }
}
