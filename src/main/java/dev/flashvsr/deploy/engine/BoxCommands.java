package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxScripts;
import dev.flashvsr.deploy.box.EntryWriter;
import dev.flashvsr.deploy.box.Payload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bash that is sent to the box for each thing that can be asked of it; section 7 of docs/box-protocol.md. */
final class BoxCommands {
    /** What the runner and its leaders consist of; a bundle brings them along. */
    private static final List<String> ON_THE_BOX = List.of(
            "files",
            "procs",
            "env",
            "check",
            "leader",
            "runner",
            "secrets",
            "lock",
            "events",
            "checkpoint",
            "made",
            "decide",
            "attempt",
            "takeover",
            "schedule");

    private BoxCommands() {}

    static BoxScript survey() {
        return BoxScripts.join(
                "survey",
                "files",
                "way",
                "trust",
                "entries",
                "procs",
                "env",
                "check",
                "checkpoint",
                "logind",
                "facts",
                "root",
                "state",
                "probes",
                "request",
                "checks",
                "survey");
    }

    /** Calls a function of the scripts of steps. */
    static BoxScript call() {
        return BoxScripts.join("call", "files", "way", "trust", "entries", "env", "check", "request", "call");
    }

    static BoxScript submit(String root) {
        return BoxScripts.join("submit", "files", "way", "trust", "entries", "procs", "env", "logind", "made", "submit")
                .withArguments(root);
    }

    /** {@code run}: whose runner is watched. */
    static BoxScript follow(String root, String mark, String run) {
        return BoxScripts.join("follow", "files", "way", "trust", "procs", "follow")
                .withArguments(root, mark, run);
    }

    static BoxScript cancel(String root) {
        return BoxScripts.join(
                        "cancel",
                        "files",
                        "way",
                        "trust",
                        "entries",
                        "procs",
                        "lock",
                        "checkpoint",
                        "attempt",
                        "cancel")
                .withArguments(root);
    }

    /** {@code mode}: {@code list} or {@code remove}. */
    static BoxScript clean(String root, String mode) {
        return BoxScripts.join(
                        "clean",
                        "files",
                        "way",
                        "trust",
                        "entries",
                        "procs",
                        "env",
                        "check",
                        "lock",
                        "events",
                        "checkpoint",
                        "attempt",
                        "made",
                        "ours",
                        "cleaner",
                        "logind",
                        "request",
                        "clean")
                .withArguments(root, mode);
    }

    /** Notes what is there before something is put below the root for a step. */
    static BoxScript note(String root) {
        return BoxScripts.join("note", "files", "way", "trust", "entries", "env", "check", "made", "request", "note")
                .withArguments(root);
    }

    /** Measures what lies below the root of what steps make. */
    static BoxScript taken(String root) {
        return BoxScripts.join("taken", "files", "way", "trust", "entries", "env", "check", "request", "taken")
                .withArguments(root);
    }

    /** The files that a bundle brings along, by their names in it. */
    static Map<String, String> onTheBox() {
        Map<String, String> files = new TreeMap<>();
        ON_THE_BOX.forEach(name -> files.put(name + ".sh", BoxScripts.load(name).text()));
        return files;
    }

    /** These entries and the end of their list. */
    static Payload payload(Map<String, byte[]> entries) {
        return entries(entries).then(end());
    }

    /** These entries of a list that goes on. */
    static Payload entries(Map<String, byte[]> entries) {
        return out -> {
            EntryWriter writer = new EntryWriter(out);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
        };
    }

    /** The end of a list of entries. */
    static Payload end() {
        return out -> new EntryWriter(out).end();
    }
}
