package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Words;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The parser's words for broken YAML, said so that they help. */
final class Syntax {
    private static final String QUOTES = "a text that begins with such a character needs quotes";

    /** @param atContext whether the mistake is where the parser began with the thing, not where it gave up */
    private record Advice(String beginning, String sentence, String hint, boolean atContext) {}

    /** The first whose beginning fits the parser's message counts. */
    private static final List<Advice> KNOWN = List.of(
            new Advice("found character '\\t(TAB)'", "a tab can't be used for indentation", "use blanks", false),
            new Advice("found character '", "a text can't begin with this character", "put it in quotes", false),
            new Advice("unexpected character found", "an alias or anchor without a name", QUOTES, true),
            new Advice(
                    "mapping values are not allowed here",
                    "a \": \" is not allowed here",
                    "a text with \": \" in it needs quotes",
                    false),
            new Advice(
                    "expected <block end>, but found",
                    "the indentation or a quote does not fit the lines above",
                    "entries of one map or list begin in the same column",
                    false),
            new Advice("expected ',' or '", "a \",\" or a closing bracket is missing before this", "", false),
            new Advice("could not find expected ':'", "a key without a \":\"", "write \"key: value\"", true),
            new Advice("but found another document", "a second document begins here", "remove the line \"---\"", false),
            new Advice("found unexpected end of stream", "the quote is never closed", "", true),
            new Advice("found undefined alias", "an alias (*) without its anchor (&)", QUOTES, false),
            new Advice(
                    "Global tag is not allowed", "tags are not allowed", "remove the word that begins with !", false));

    private Syntax() {}

    static String sentence(MarkedYAMLException e) {
        return advice(e).map(Advice::sentence).orElse("the YAML is broken: " + shown(String.valueOf(e.getProblem())));
    }

    static Optional<String> hint(MarkedYAMLException e) {
        return advice(e).map(Advice::hint).filter(hint -> !hint.isEmpty());
    }

    static Mark mark(MarkedYAMLException e) {
        boolean atContext = advice(e).filter(Advice::atContext).isPresent() && e.getContextMark() != null;
        return atContext ? e.getContextMark() : e.getProblemMark();
    }

    /** The parser quotes what it found, and that is what it did not like: for instance an escape character. */
    private static String shown(String problem) {
        StringBuilder text = new StringBuilder();
        problem.codePoints()
                .map(point -> Words.isShown(point) ? point : '\uFFFD')
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static Optional<Advice> advice(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        return KNOWN.stream()
                .filter(known -> problem.startsWith(known.beginning()))
                .findFirst();
    }
}
