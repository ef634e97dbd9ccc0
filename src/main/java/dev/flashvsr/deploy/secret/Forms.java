package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The texts in which a secret appears in what programs print. */
final class Forms {
    /** A line of a secret that has several counts as a secret of its own from this length on. */
    static final int SHORTEST_LINE = 8;

    private Forms() {}

    /** The value, and each line of one that has several, in every form; those of fewer characters than {@code shortest} are left out. */
    static Set<String> of(String value, int shortest) {
        Set<String> forms = new LinkedHashSet<>();
        add(forms, value);
        lines(value).forEach(line -> add(forms, line));
        forms.removeIf(form -> form.length() < shortest);
        return forms;
    }

    /** The lines of a value that has several, without the blanks around them. */
    static List<String> lines(String value) {
        List<String> lines = value.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .distinct()
                .toList();
        return lines.equals(List.of(value)) ? List.of() : lines;
    }

    private static void add(Set<String> forms, String value) {
        forms.add(value);
        forms.addAll(base64(value.getBytes(UTF_8)));
        forms.add(URLEncoder.encode(value, UTF_8));
        forms.add(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
        forms.add(value.replace("'", "'\\''"));
        forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /**
     * In base64 a value reads in three ways, by where in its group of three bytes it begins; of each the characters that
     * depend on the value alone.
     */
    private static List<String> base64(byte[] value) {
        List<String> all = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[value.length + before];
            System.arraycopy(value, 0, shifted, before, value.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.withoutPadding().encodeToString(shifted);
                all.add(text.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6));
            }
        }
        return all;
    }
}
