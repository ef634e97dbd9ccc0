package dev.flashvsr.deploy.rehearsal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is put into the pocket internet, and from what: the playbook's own pins say which names and versions there must
 * be; the addresses and hashes of the stand-ins then take the place of the real ones.
 *
 * @param base address of the server, without a slash at its end
 * @param directory where repositories lie
 * @param pins values of the playbook's variables
 * @param shelf where files are put
 * @param lfs where LFS objects are named
 */
record Stock(String base, Path directory, Map<String, String> pins, Shelf shelf, Lfs lfs) {
    /** The value of a variable; empty where it has none. */
    String pin(String name) {
        return pins.getOrDefault(name, "");
    }

    /** The lines of a variable that say something: no empty ones and no comments. */
    List<String> lines(String name) {
        return pin(name)
                .replace("\\\n", " ")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** The part of an address after its last slash. */
    static String fileName(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
