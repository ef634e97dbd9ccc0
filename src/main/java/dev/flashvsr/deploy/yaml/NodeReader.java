package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The parser's nodes to ours. Each node is read once, however many aliases lead to it. */
final class NodeReader {
    private static final Set<Tag> USUAL = Set.of(
            Tag.STR,
            Tag.INT,
            Tag.FLOAT,
            Tag.BOOL,
            Tag.NULL,
            Tag.TIMESTAMP,
            Tag.MERGE,
            Tag.MAP,
            Tag.SEQ,
            new Tag(Tag.PREFIX + "value"));

    private final Source source;
    private final Problems problems;
    private final Map<Node, Optional<YamlNode>> read = new IdentityHashMap<>();

    NodeReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Empty, with a problem noted, for what we do not take. */
    Optional<YamlNode> read(Node given) {
        Node node = given instanceof AnchorNode anchor ? anchor.getRealNode() : given;
        Optional<YamlNode> known = read.get(node);
        if (known != null) {
            return known;
        }
        // Empty as long as it is being read: what leads back to it contains itself.
        read.put(node, Optional.empty());
        Optional<YamlNode> value = convert(node);
        read.put(node, value);
        return value;
    }

    private Optional<YamlNode> convert(Node node) {
        Place place = place(node);
        if (!USUAL.contains(node.getTag())) {
            problems.add(place.problem("the tag " + Words.quoted(node.getTag().getValue()) + " is not allowed"));
            return Optional.empty();
        }
        if (node.isTwoStepsConstruction()) {
            problems.add(place.problem("this value contains itself through an alias"));
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar).map(YamlNode.class::cast);
        }
        if (node instanceof SequenceNode list) {
            return Optional.of(new YamlList(
                    place,
                    list.getValue().stream()
                            .flatMap(item -> read(item).stream())
                            .toList()));
        }
        return Optional.of(new YamlMap(place, entries((MappingNode) node)));
    }

    private Optional<YamlScalar> scalar(ScalarNode node) {
        String text = node.getValue();
        boolean broken = text.codePoints().anyMatch(point -> point == 0 || isHalf(point));
        if (broken) {
            problems.add(place(node).problem("the text holds a NUL or half a character"));
            return Optional.empty();
        }
        return Optional.of(new YamlScalar(place(node), text, node.getScalarStyle() == ScalarStyle.PLAIN));
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private List<YamlMap.Entry> entries(MappingNode map) {
        List<YamlMap.Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Optional<YamlNode> value = read(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(place(tuple.getKeyNode()).problem("a key must be a single word"));
                continue;
            }
            Optional<YamlScalar> key = scalar(keyNode);
            if (key.isEmpty()) {
                continue;
            }
            String word = key.get().text();
            Place first = seen.putIfAbsent(word, key.get().place());
            if (first != null) {
                problems.add(key.get()
                        .place()
                        .problem(
                                "the key " + Words.quoted(word) + " is here a second time",
                                Optional.of("first in line " + first.location().line())));
            } else if (keyNode.getTag().equals(Tag.MERGE)) {
                problems.add(key.get().place().problem("merge keys (<<) are not supported"));
            } else {
                value.ifPresent(is -> entries.add(new YamlMap.Entry(key.get(), is)));
            }
        }
        return entries;
    }

    private Place place(Node node) {
        Mark start = node.getStartMark();
        Mark end = node.getEndMark();
        boolean oneLine = node instanceof ScalarNode && end.getLine() == start.getLine();
        int length = oneLine ? end.getColumn() - start.getColumn() : 1;
        return new Place(source, start.getLine(), start.getColumn(), length);
    }
}
