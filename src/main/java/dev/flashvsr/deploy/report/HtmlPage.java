package dev.flashvsr.deploy.report;

import static dev.flashvsr.deploy.report.Html.tag;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The frame of every page that is kept: one file with no script and nothing from outside, light or dark as the reader has
 * set it, to be read on a wide screen, on a phone and on A4 paper. It is well-formed XML as well.
 *
 * <p>The style sheet {@code page.css} says which classes there are: {@code verdict} and {@code pass}, {@code warn},
 * {@code ask}, {@code unknown}, {@code fail} colour a word; a table within {@code div.wide} may be scrolled sideways.
 */
public final class HtmlPage {
    /** Nothing is loaded or run, even if something got through. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

    private static final String STYLE = resource("page.css");

    private HtmlPage() {}

    /**
     * The whole file.
     *
     * @param title of the window and of printed pages; the heading is the body's
     * @param main what is on it, its {@code h1} first
     */
    public static String of(Language language, String title, List<? extends Html> main) {
        Html head = tag(
                "head",
                tag("meta").with("charset", "utf-8"),
                tag("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
                tag("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                tag("meta").with("name", "color-scheme").with("content", "light dark"),
                tag("meta").with("name", "referrer").with("content", "no-referrer"),
                tag("title", title),
                new Html.Raw("<style>\n" + STYLE + "</style>"));
        String code = language.name().toLowerCase(Locale.ROOT);
        Html page = tag("html", head, tag("body", tag("main", main)))
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", code)
                .with("xml:lang", code);
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
