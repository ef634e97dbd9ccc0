package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The words that all views of an inspection share. */
public final class InspectionWords {
    /** What could not be seen. */
    public static final Wording UNKNOWN = new Wording("unknown", "неизвестно");

    /** What is not met. */
    public static final Wording NOT_MET = new Wording("not met", "не выполнено");

    /** What is met. */
    public static final Wording MET = new Wording("met", "выполнено");

    /** What is met with a reservation that stays. */
    public static final Wording RESERVED = new Wording("met with a reservation", "выполнено с оговоркой");

    /** What a step of the playbook mends. */
    public static final Wording MENDED = new Wording("the deploy mends it", "исправит установка");

    /** What only the provider can tell. */
    public static final Wording TO_ASK = new Wording("to ask", "спросить");

    /** Above the evidence. */
    public static final Wording EVIDENCE =
            new Wording("What was run, and what it printed", "Что запущено и что получено");

    /** Before the keys of the points that show what was run. */
    public static final Wording SEEN_AT = new Wording("what was run: see", "что запущено: см.");

    /** In place of output. */
    public static final Wording SILENT = new Wording("It printed nothing.", "Вывода нет.");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private InspectionWords() {}

    /** How it stands, in a word or a few. */
    public static Wording of(Finding finding) {
        return switch (finding.verdict()) {
            case PASS -> MET;
            case WARN -> finding.isMended() ? MENDED : RESERVED;
            case ASK -> TO_ASK;
            case UNKNOWN -> UNKNOWN;
            case FAIL -> NOT_MET;
        };
    }

    /** How much it matters. */
    public static Wording of(Severity severity) {
        return switch (severity) {
            case MANDATORY -> new Wording("mandatory", "обязательно");
            case DESIRABLE -> new Wording("desirable", "желательно");
            case INFORMATIONAL -> new Wording("for information", "для сведения");
        };
    }

    /** Of text that was cut for display; none: empty. */
    public static Wording leftOut(long characters) {
        return characters == 0
                ? Wording.same("")
                : new Wording("… " + characters + " characters left out", "… опущено символов: " + characters);
    }

    /** How a command ended, where it did not end well. */
    public static Optional<Wording> ending(Output output) {
        if (output.timedOut()) {
            return Optional.of(
                    new Wording("It was ended for taking too long.", "Остановлено: вышло отведённое время."));
        }
        int status = output.exit().orElse(0);
        return status == 0
                ? Optional.empty()
                : Optional.of(new Wording("Exit status " + status + ".", "Код возврата " + status + "."));
    }

    /** Such as {@code 2026-11-24 19:48 UTC}. */
    public static String time(Instant at) {
        return TIME.format(at);
    }
}
