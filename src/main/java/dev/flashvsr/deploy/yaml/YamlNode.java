package dev.flashvsr.deploy.yaml;

/** A value of a YAML file that knows where it stands. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
    /** Where it begins; for an alias: where its anchor stands. */
    Place place();

    /** What it is, for messages: {@code a map}, {@code a list}, or the text in quotes. */
    String described();
}
