package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.catalogue.Wording;

/**
 * A command to go on with.
 *
 * @param command ready to be typed
 * @param what it does
 */
public record NextCommand(String command, Wording what) {
    /** The questions that are left, ready to send. */
    public static NextCommand questions(String command) {
        return new NextCommand(
                command,
                new Wording(
                        "what only the provider can answer, ready to send", "вопросы провайдеру, готовые к отправке"));
    }

    /** All findings with their evidence, as a page. */
    public static NextCommand html(String command) {
        return new NextCommand(
                command,
                new Wording(
                        "a page with every point and what it was judged by",
                        "страница со всеми пунктами и доказательствами"));
    }
}
