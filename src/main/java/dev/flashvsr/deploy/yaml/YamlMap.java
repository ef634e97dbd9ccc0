package dev.flashvsr.deploy.yaml;

import java.util.List;

/** A map, in the order of the file; no key comes twice. */
public record YamlMap(Place place, List<Entry> entries) implements YamlNode {
    /** A key with its value. */
    public record Entry(YamlScalar key, YamlNode value) {}

    public YamlMap {
        entries = List.copyOf(entries);
    }

    @Override
    public String described() {
        return "a map";
    }
}
