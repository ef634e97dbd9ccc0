package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** Bytes to text: UTF-8 without surprises, or a problem that names the place of the first one. */
final class SourceText {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private SourceText() {}

    static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        if (bytes.length > YamlDocument.MAX_BYTES) {
            problems.add(new Place(new Source(file, ""), 0, 0, 1)
                    .problem("the file is larger than " + (YamlDocument.MAX_BYTES >> 20) + " MiB"));
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        // Windows editors put a mark in front of UTF-8; it says nothing.
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (result.isError()) {
            problems.add(at(file, text, text.length()).problem("the file is not UTF-8 from here on"));
            return Optional.empty();
        }
        return isClean(file, text, problems) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isClean(String file, String text, Problems problems) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (!StreamReader.isPrintable(point) || point == BYTE_ORDER_MARK) {
                problems.add(at(file, text, i)
                        .problem(String.format(
                                Locale.ROOT, "the invisible character U+%04X is not allowed here", point)));
                return false;
            }
        }
        return true;
    }

    private static Place at(String file, String text, int index) {
        String[] before = Source.LINE_END.split(text.substring(0, index), -1);
        int line = before.length - 1;
        return new Place(new Source(file, text), line, before[line].codePointCount(0, before[line].length()), 1);
    }
}
