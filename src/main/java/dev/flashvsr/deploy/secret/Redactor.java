package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.progress.LineAssembler;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes secrets out of a text: as they are, and in the forms that programs print them in. A secret that only its trace is
 * known of is found as it is. Values of fewer than {@value #SHORTEST} characters are left: they would tear words apart.
 */
public final class Redactor {
    /** What stands for a secret. */
    public static final String SHOWN = "[secret]";

    private static final int SHORTEST = 6;

    /** A piece of a secret at the edge of a text must have so many characters to be taken for one. */
    private static final int SHORTEST_PIECE = 8;

    /** Hashes tried for one text, a fraction of a second; a longer one is searched line by line. */
    private static final int MOST_WINDOWS = 200_000;

    private final List<String> forms;
    private final List<SecretTrace> traces;

    private Redactor(List<String> forms, List<SecretTrace> traces) {
        this.forms = forms;
        this.traces = traces;
    }

    /** For these secrets, and for those that left these traces. */
    public static Redactor of(Collection<Secret> secrets, Collection<SecretTrace> traces) {
        Set<String> forms =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(String::toString));
        for (Secret secret : secrets) {
            String value = secret.reveal();
            if (value.length() >= SHORTEST) {
                byte[] bytes = value.getBytes(UTF_8);
                forms.add(value);
                forms.addAll(base64(bytes));
                forms.add(URLEncoder.encode(value, UTF_8));
                forms.add(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
                forms.add(value.replace("'", "'\\''"));
                forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        return new Redactor(
                List.copyOf(forms),
                traces.stream().filter(trace -> trace.length() >= SHORTEST).toList());
    }

    /** The text with {@link #SHOWN} in place of every secret. */
    public String redact(String text) {
        String redacted = text;
        for (String form : forms) {
            redacted = redacted.replace(form, SHOWN);
        }
        for (String form : forms) {
            redacted = withoutPieces(form, redacted);
        }
        for (SecretTrace trace : traces) {
            redacted = without(trace, redacted);
        }
        return redacted;
    }

    /** A long line is cut at its end, and a log that is read from near its end begins anywhere: also within a secret. */
    private static String withoutPieces(String form, String text) {
        boolean cut = text.endsWith(LineAssembler.CUT);
        String whole = cut ? text.substring(0, text.length() - LineAssembler.CUT.length()) : text;
        String clean = whole;
        for (int length = form.length() - 1; length >= SHORTEST_PIECE; length--) {
            if (clean.startsWith(form.substring(form.length() - length))) {
                clean = SHOWN + clean.substring(length);
            }
            if (clean.endsWith(form.substring(0, length))) {
                clean = clean.substring(0, clean.length() - length) + SHOWN;
            }
        }
        return cut ? clean + LineAssembler.CUT : clean;
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
                String own = text.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6);
                if (own.length() >= SHORTEST) {
                    all.add(own);
                }
            }
        }
        return all;
    }

    private static String without(SecretTrace trace, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > MOST_WINDOWS) {
            return text.indexOf('\n') < 0
                    ? "[a line too long to be searched for " + trace.name() + "]"
                    : Arrays.stream(text.split("\n", -1))
                            .map(line -> without(trace, line))
                            .collect(Collectors.joining("\n"));
        }
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + trace.length() <= bytes.length; at++) {
            if (trace.matches(bytes, at)) {
                found.add(at);
                at += trace.length() - 1;
            }
        }
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        int from = 0;
        for (int at : found) {
            clean.append(new String(bytes, from, at - from, UTF_8)).append(SHOWN);
            from = at + trace.length();
        }
        return clean.append(new String(bytes, from, bytes.length - from, UTF_8)).toString();
    }
}
