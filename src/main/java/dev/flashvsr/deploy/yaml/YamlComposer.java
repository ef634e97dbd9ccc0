package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Problems;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Runs the parser within limits, and says in our own words what it does not like. */
final class YamlComposer {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private YamlComposer() {}

    static Optional<YamlNode> compose(Source source, String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlDocument.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        Node root;
        try {
            // As Yaml.compose does it, but without what makes objects of nodes: that starts Java's logging.
            StreamReader reader = new StreamReader(new StringReader(text));
            root = new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            problems.add(place(source, Syntax.mark(e)).problem(Syntax.sentence(e), Syntax.hint(e)));
            return Optional.empty();
        } catch (YAMLException e) {
            problems.add(start(source).problem(limit(String.valueOf(e.getMessage()))));
            return Optional.empty();
        } catch (RuntimeException e) {
            // The parser's own slips on input that no person writes (an escape that is no character).
            problems.add(start(source).problem("the file is not valid YAML"));
            return Optional.empty();
        }
        if (root == null) {
            problems.add(start(source).problem("the file is empty"));
            return Optional.empty();
        }
        return new NodeReader(source, problems).read(root);
    }

    private static Place place(Source source, Mark mark) {
        return new Place(source, mark.getLine(), mark.getColumn(), 1);
    }

    private static Place start(Source source) {
        return new Place(source, 0, 0, 1);
    }

    private static String limit(String message) {
        if (message.startsWith("Nesting Depth")) {
            return "values are nested more than " + MAX_DEPTH + " levels deep";
        }
        if (message.startsWith("Number of aliases")) {
            return "there are more than " + MAX_ALIASES + " aliases";
        }
        return "the file is not valid YAML: " + message.lines().findFirst().orElse("");
    }
}
