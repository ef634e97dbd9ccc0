package dev.flashvsr.deploy.problem;

import java.util.Optional;

/**
 * One thing that is wrong in what the user wrote.
 *
 * @param where the place, when it has one
 * @param what the sentence that says it
 * @param next what would be right, such as the nearest known word
 * @param excerpt the source line and a caret line below it
 */
public record Problem(Optional<SourceLocation> where, String what, Optional<String> next, Optional<String> excerpt) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        where.ifPresent(place -> text.append(place).append(": "));
        text.append(what);
        next.ifPresent(hint -> text.append(" (").append(hint).append(')'));
        excerpt.ifPresent(lines -> text.append('\n').append(lines));
        return text.toString();
    }
}
