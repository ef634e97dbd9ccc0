package dev.flashvsr.deploy.report;

import static dev.flashvsr.deploy.report.Html.tag;
import static dev.flashvsr.deploy.report.Html.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class HtmlPageTest {
    private static final String HOSTILE =
            "</title></style><script>alert(1)</script>&lt;\"'\u001b[31mred\u202e\u0000\uffff<!--";

    @Test
    void aPageIsWellFormedWithItsLanguage() {
        Document page = PageReader.read(HtmlPage.of(
                Language.RU, "Отчёт", List.of(tag("h1", "Отчёт"), tag("p", text("a"), tag("br"), text("b")))));
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("ru");
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("Отчёт");
    }

    @Test
    void textFromElsewhereStaysText() {
        Document page = PageReader.read(
                HtmlPage.of(Language.EN, HOSTILE, List.of(tag("p", HOSTILE).with("title", HOSTILE))));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        String shown = "</title></style><script>alert(1)</script>&lt;\"'red<!--";
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(shown);
        assertThat(page.getElementsByTagName("p").item(0).getTextContent()).isEqualTo(shown);
        assertThat(page.getElementsByTagName("p")
                        .item(0)
                        .getAttributes()
                        .item(0)
                        .getNodeValue())
                .isEqualTo(shown);
    }

    @Test
    void nothingIsLoadedFromOutside() {
        String page = HtmlPage.of(Language.EN, "t", List.of());
        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .doesNotContain("url(", "@import", "src=", "<script", "<link");
    }

    @Test
    void elementsWithoutContentHaveAnEndWhereHtmlWantsOne() {
        assertThat(tag("td").toString()).isEqualTo("<td></td>");
        assertThat(tag("br").toString()).isEqualTo("<br/>");
        assertThat(tag("a", "x").with("href", "#b").with("class", "c").toString())
                .isEqualTo("<a class=\"c\" href=\"#b\">x</a>");
        assertThat(Html.tag("pre", Html.lines(List.of("", "a <b>", ""))).toString())
                .isEqualTo("<pre>\n\na &lt;b&gt;\n</pre>");
    }
}
