package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Lines {@code group|DIRECTORY|FILE=VALUE|…}: the control groups of a process from its own up to the top, of version 1 or 2. */
record ControlGroups(List<Map<String, String>> groups) {
    /** Version 1 says "no limit" by a number near to the largest. */
    private static final long NO_LIMIT = 1L << 60;

    static ControlGroups of(Evidence evidence, String probe) {
        List<Map<String, String>> groups = new ArrayList<>();
        for (String line : ProbeText.lines(evidence, probe)) {
            if (line.startsWith("group|")) {
                Map<String, String> files = new LinkedHashMap<>();
                for (String field : line.split("\\|")) {
                    int at = field.indexOf('=');
                    if (at > 0) {
                        files.put(
                                field.substring(0, at), field.substring(at + 1).strip());
                    }
                }
                groups.add(files);
            }
        }
        return new ControlGroups(groups);
    }

    /** The smallest number in any of these files of any group; {@code max}, -1 and the like are none. */
    OptionalLong least(String... files) {
        return groups.stream()
                .flatMap(group -> java.util.Arrays.stream(files).map(file -> group.getOrDefault(file, "")))
                .map(ProbeText::number)
                .flatMapToLong(OptionalLong::stream)
                .filter(value -> value < NO_LIMIT)
                .min();
    }
}
