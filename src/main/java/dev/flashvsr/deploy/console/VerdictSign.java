package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.rule.Verdict;

/** How a verdict is marked at the beginning of a line. */
final class VerdictSign {
    private VerdictSign() {}

    static String of(Verdict verdict, Style style) {
        return switch (verdict) {
            case PASS -> style.tick();
            case WARN -> style.mark();
            case ASK, UNKNOWN -> style.yellow("?");
            case FAIL -> style.cross();
        };
    }
}
