package dev.flashvsr.deploy.console;

import java.util.Map;

/** How an attempt ended, in words, from the protocol's {@code exit} and {@code cause}. */
final class ExitText {
    private static final Map<Integer, String> SIGNALS =
            Map.of(1, "HUP", 2, "INT", 6, "ABRT", 7, "BUS", 8, "FPE", 9, "KILL", 11, "SEGV", 13, "PIPE", 15, "TERM");

    private ExitText() {}

    /** Such as {@code exit 2} or {@code exit 137, killed by SIGKILL}; also {@code time limit}, {@code log limit}. */
    static String of(String exit) {
        return switch (exit) {
            case "timeout" -> "over its time limit";
            case "log-limit" -> "over its log limit";
            case "cancelled" -> "cancelled";
            case "none", "cut-off", "" -> "cut off";
            default -> {
                String signal = signal(exit);
                yield "exit " + exit + (signal.isEmpty() ? "" : ", killed by " + signal);
            }
        };
    }

    /** What went wrong, as the rest of a sentence that begins with the step. */
    static String failure(String cause, String exit) {
        return switch (cause) {
            case "timeout" -> "it ran longer than its time limit";
            case "log-limit" -> "it printed more than its log limit";
            case "check" -> "it ended without an error, but its check still says no";
            case "unconfirmed" -> "it ended without an error, but its check could not tell whether all is as wanted";
            case "cut-off" -> "it was cut off: its process is gone and left no exit status";
            case "cancelled" -> "it was cancelled";
            case "still-running" ->
                "processes of its last attempt can't be ended, and nothing is begun beside them ('cancel' names them)";
            default -> "it ended with " + of(exit);
        };
    }

    private static String signal(String exit) {
        if (!exit.matches("1(29|[3-8][0-9]|9[0-2])")) {
            return "";
        }
        int number = Integer.parseInt(exit) - 128;
        return SIGNALS.containsKey(number) ? "SIG" + SIGNALS.get(number) : "signal " + number;
    }
}
