package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.progress.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A piece of a page, immutable. Whatever text it is made from is escaped, so no words of a box can become markup; what it
 * prints is well-formed both as HTML and as XML.
 */
public sealed interface Html {
    /** Nothing. */
    Html NONE = new Raw("");

    /** Elements that have no content, and no end in HTML. */
    Set<String> VOID = Set.of("meta", "br", "hr", "input");

    /** Ready markup. */
    record Raw(String markup) implements Html {
        @Override
        public String toString() {
            return markup;
        }
    }

    /** An element: made by {@link #tag}. */
    record Tag(String name, Map<String, String> attributes, List<Html> content) implements Html {
        /** Keeps copies. */
        public Tag {
            attributes = new TreeMap<>(attributes);
            content = List.copyOf(content);
        }

        /** The same with this attribute; a later one of the same name counts. */
        public Tag with(String attribute, String value) {
            Map<String, String> more = new TreeMap<>(attributes);
            more.put(attribute, value);
            return new Tag(name, more, content);
        }

        @Override
        public String toString() {
            String start = attributes.entrySet().stream()
                    .map(one -> " " + one.getKey() + "=\"" + escaped(one.getValue()) + "\"")
                    .collect(Collectors.joining("", "<" + name, ""));
            if (VOID.contains(name)) {
                return start + "/>";
            }
            return start + ">" + all(content) + "</" + name + ">";
        }
    }

    /** One line of text, from anywhere. */
    static Html text(String text) {
        return new Raw(escaped(text));
    }

    /** Text of several lines, from anywhere, for a {@code pre}. */
    static Html lines(List<String> lines) {
        // A first line end in a pre is not shown.
        return new Raw(lines.stream().map(Html::escaped).collect(Collectors.joining("\n", "\n", "")));
    }

    /** An element with what is in it; names of elements and attributes are the program's own. */
    static Tag tag(String name, Html... content) {
        return new Tag(name, Map.of(), List.of(content));
    }

    /** An element with text in it. */
    static Tag tag(String name, String text) {
        return tag(name, text(text));
    }

    /** An element with what is in it. */
    static Tag tag(String name, List<? extends Html> content) {
        return new Tag(name, Map.of(), new ArrayList<>(content));
    }

    /** These, one after another. */
    static Html all(Html... parts) {
        return all(List.of(parts));
    }

    /** These, one after another. */
    static Html all(List<? extends Html> parts) {
        return new Raw(parts.stream().map(Html::toString).collect(Collectors.joining()));
    }

    private static String escaped(String text) {
        return SafeText.of(text)
                .replaceAll("[\ufffe\uffff]", "") // no characters of XML
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
