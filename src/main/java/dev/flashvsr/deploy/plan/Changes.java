package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.playbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names what differs between what a step was made from and what it would be made from today. */
final class Changes {
    private static final int NAMED = 3;

    private Changes() {}

    /** Such as {@code python_version changed from "3.11.9" to "3.11.13"}; never empty. */
    static String since(Checkpoint checkpoint, Step step, Map<String, String> values) {
        List<String> found = new ArrayList<>();
        if (checkpoint.revision() != step.revision()) {
            found.add("revision changed from " + checkpoint.revision() + " to " + step.revision());
        }
        found.addAll(ofValues(checkpoint.inputs(), Fingerprint.inputs(step, values)));
        found.addAll(ofFiles(checkpoint.files(), hashes(step)));
        return found.isEmpty() ? "it was made from other inputs" : listed(found);
    }

    /** One phrase for each variable that differs, by name. */
    static List<String> ofValues(Map<String, String> before, Map<String, String> now) {
        return names(before, now).stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .map(name -> ofValue(name, before, now))
                .toList();
    }

    private static String ofValue(String name, Map<String, String> before, Map<String, String> now) {
        String shown = Shown.line(name);
        if (!before.containsKey(name)) {
            return shown + " is a new input";
        }
        if (!now.containsKey(name)) {
            return shown + " is no input any more";
        }
        String old = before.getOrDefault(name, "");
        String fresh = now.getOrDefault(name, "");
        if (old.strip().contains("\n") || fresh.strip().contains("\n")) {
            return shown + " changed (" + Shown.count(fresh.lines().count(), "line") + ")";
        }
        if (Shown.value(old).equals(Shown.value(fresh))) {
            return shown + " changed (" + Shown.count(fresh.length(), "character") + ")";
        }
        return shown + " changed from " + Shown.value(old) + " to " + Shown.value(fresh);
    }

    private static List<String> ofFiles(Map<String, String> before, Map<String, String> now) {
        List<String> found = new ArrayList<>();
        for (String name : names(before, now)) {
            String shown = "file " + Shown.line(name);
            if (!before.containsKey(name)) {
                found.add(shown + " is new");
            } else if (!now.containsKey(name)) {
                found.add(shown + " is no part of it any more");
            } else if (!before.getOrDefault(name, "").equals(now.get(name))) {
                found.add(shown + " changed");
            }
        }
        return found;
    }

    /** The first few, and how many more there are. */
    static String listed(List<String> phrases) {
        String first = phrases.stream().limit(NAMED).collect(Collectors.joining(", "));
        return phrases.size() <= NAMED ? first : first + " and " + (phrases.size() - NAMED) + " more";
    }

    /** The step's files by name, with their hashes. */
    static Map<String, String> hashes(Step step) {
        return step.files().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().sha256(), (a, b) -> a, TreeMap::new));
    }

    private static TreeSet<String> names(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names;
    }
}
