package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent.TransferFinished;
import dev.flashvsr.deploy.event.RunEvent.TransferProgress;
import dev.flashvsr.deploy.event.RunEvent.TransferStarted;
import dev.flashvsr.deploy.event.RunEvent.Way;

/** The words for what moves between this machine, the box and elsewhere. */
final class TransferText {
    private TransferText() {}

    static String started(TransferStarted e) {
        String verb = switch (e.way()) {
            case TO_BOX -> "going to the box";
            case FROM_BOX -> "coming from the box";
            case DOWNLOAD -> "being downloaded here";
        };
        return e.file() + ": " + verb + ", " + Quantities.bytes(e.total());
    }

    static String finished(TransferFinished e) {
        if (e.bytes() < e.total()) {
            return e.file() + ": stopped at " + amount(e.bytes(), e.total());
        }
        return e.file() + (e.way() == Way.TO_BOX ? ": on the box, " : ": here, ") + Quantities.bytes(e.total()) + " in "
                + Quantities.time(e.took());
    }

    /** How far it is, such as {@code 3.1 of 6.9 GB}. */
    static String amount(TransferProgress e) {
        return amount(e.bytes(), e.total());
    }

    /** 0 to 1; nothing at all is there at once. */
    static double fraction(TransferProgress e) {
        return e.total() <= 0 ? 1 : Math.min(1, (double) e.bytes() / e.total());
    }

    private static String amount(long bytes, long total) {
        String part = Quantities.bytes(bytes);
        String whole = Quantities.bytes(total);
        String unit = whole.substring(whole.indexOf(' '));
        return (part.endsWith(unit) ? part.substring(0, part.length() - unit.length()) : part) + " of " + whole;
    }
}
