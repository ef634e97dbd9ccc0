package dev.flashvsr.deploy.inspect.catalogue;

import java.util.List;

/** Questions that belong together, below one heading of a letter. */
public record Topic(Wording title, List<Question> questions) {
    /** Keeps a copy. */
    public Topic {
        questions = List.copyOf(questions);
    }
}
