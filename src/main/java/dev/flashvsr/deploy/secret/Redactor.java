package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.progress.LineAssembler;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes secrets out of a text: as they are, in the forms that programs print them in, and each line of one that has several.
 * A secret that only its trace is known of is found as it is. Values of fewer than {@value #SHORTEST} characters are left:
 * they would tear words apart. The time it takes grows with the text alone.
 */
public final class Redactor {
    /** What stands for a secret. */
    public static final String SHOWN = "[secret]";

    private static final int SHORTEST = 6;

    private final FormIndex forms;
    private final TraceIndex traces;

    private Redactor(FormIndex forms, TraceIndex traces) {
        this.forms = forms;
        this.traces = traces;
    }

    /** For these secrets, and for those that left these traces. */
    public static Redactor of(Collection<Secret> secrets, Collection<SecretTrace> traces) {
        Set<String> forms = new LinkedHashSet<>();
        for (Secret secret : secrets) {
            String value = secret.reveal();
            if (value.length() >= SHORTEST) {
                forms.addAll(Forms.of(value, SHORTEST));
            }
        }
        return new Redactor(
                new FormIndex(forms),
                new TraceIndex(traces.stream()
                        .filter(trace -> trace.length() >= SHORTEST)
                        .toList()));
    }

    /** The text with {@link #SHOWN} in place of every secret. */
    public String redact(String text) {
        // A long line is cut at its end, and a log that is read from near its end begins anywhere: also within a
        // secret.
        boolean cut = text.endsWith(LineAssembler.CUT);
        String whole = cut ? text.substring(0, text.length() - LineAssembler.CUT.length()) : text;
        String clean = withoutTraces(withoutForms(whole));
        return cut ? clean + LineAssembler.CUT : clean;
    }

    private String withoutForms(String text) {
        BitSet secret = forms.find(text);
        if (secret.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int begin = nextOr(secret, from, text.length());
            clean.append(text, from, begin).append(begin < text.length() ? SHOWN : "");
            from = secret.nextClearBit(begin);
        }
        return clean.toString();
    }

    private String withoutTraces(String text) {
        if (traces.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        if (traces.isTooMuch(bytes.length)) {
            return text.indexOf('\n') < 0
                    ? "[a line too long to be searched for secrets]"
                    : Arrays.stream(text.split("\n", -1))
                            .map(this::withoutTraces)
                            .collect(Collectors.joining("\n"));
        }
        BitSet secret = traces.find(bytes);
        if (secret.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        for (int from = 0; from < bytes.length; ) {
            int begin = nextOr(secret, from, bytes.length);
            clean.append(new String(bytes, from, begin - from, UTF_8)).append(begin < bytes.length ? SHOWN : "");
            from = secret.nextClearBit(begin);
        }
        return clean.toString();
    }

    private static int nextOr(BitSet bits, int from, int otherwise) {
        int next = bits.nextSetBit(from);
        return next < 0 ? otherwise : next;
    }
}
