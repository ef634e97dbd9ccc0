package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Python package that stands in for a real one: the same name and version, little or nothing in it. The same input
 * gives the same bytes, so that its hash can be pinned.
 *
 * @param fileName as the wheel format wants it: {@code NAME-VERSION-py3-none-any.whl}
 * @param bytes the file
 */
record Wheel(String fileName, byte[] bytes) {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** A wheel for any Python 3, whose modules are {@code files}; without any it gets one that only says what it is. */
    static Wheel of(String project, String version, Map<String, byte[]> files) {
        String name = project.replaceAll("[-_.]+", "_");
        SortedMap<String, byte[]> entries = new TreeMap<>(files);
        if (entries.isEmpty()) {
            entries.put(name + "/__init__.py", utf8(stub(project, version)));
        }
        String info = name + "-" + version + ".dist-info/";
        entries.put(
                info + "METADATA",
                utf8("Metadata-Version: 2.1\nName: " + project + "\nVersion: " + version
                        + "\nSummary: stand-in for a rehearsal, not the real package\n"));
        entries.put(
                info + "WHEEL",
                utf8("Wheel-Version: 1.0\nGenerator: rehearsal\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
        entries.put(info + "RECORD", utf8(record(entries, info)));
        return new Wheel(name + "-" + version + "-py3-none-any.whl", zip(entries));
    }

    private static String stub(String project, String version) {
        return "\"\"\"Stand-in for " + project + " in a rehearsal: has its name and version, and nothing else.\"\"\"\n"
                + "__version__ = \"" + version + "\"\n__standin__ = True\n";
    }

    private static String record(Map<String, byte[]> entries, String info) {
        StringBuilder record = new StringBuilder();
        entries.forEach((name, bytes) -> record.append(name)
                .append(",sha256=")
                .append(Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(bytes)))
                .append(',')
                .append(bytes.length)
                .append('\n'));
        return record.append(info).append("RECORD,,\n").toString();
    }

    /** Stored, not deflated: what deflate gives may differ between Java versions. */
    private static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
