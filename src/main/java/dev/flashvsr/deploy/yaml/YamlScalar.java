package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Words;
import java.util.Set;

/**
 * A single value, as text: {@code 3.10} stays {@code 3.10} and {@code no} stays {@code no}; the reader knows the type.
 *
 * @param plain whether it is written without quotes and not as a block
 */
public record YamlScalar(Place place, String text, boolean plain) implements YamlNode {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** Whether it says nothing: left out, {@code ~} or {@code null}, without quotes. */
    public boolean isNothing() {
        return plain && NOTHING.contains(text);
    }

    @Override
    public String described() {
        return isNothing() ? "empty" : Words.quoted(text);
    }
}
