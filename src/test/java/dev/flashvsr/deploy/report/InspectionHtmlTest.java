package dev.flashvsr.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Golden;
import dev.flashvsr.deploy.inspect.Inspections;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class InspectionHtmlTest {
    @ParameterizedTest
    @EnumSource
    void thePageHasEveryFinding(Language language) {
        String page = InspectionHtml.of(Inspections.example(), language);
        Document read = PageReader.read(page);
        assertThat(ids(read)).contains("gpu-isolated", "time-limit", "python-311", "isolation", "host-key");
        Golden.holds(
                "page." + language + ".html",
                page.replaceFirst("(?s)<style>.*</style>", "<style></style>")
                        .replaceAll("(</(?:p|li|section|tr|h\\d|details|ul|fieldset|table|pre)>)", "$1\n"));
    }

    @Test
    void everyLinkAndLabelLeadsSomewhereAndNoIdIsTwice() {
        Document page = PageReader.read(InspectionHtml.of(Inspections.example(), Language.EN));
        List<String> ids = ids(page);
        assertThat(ids).doesNotHaveDuplicates();
        elements(page, "a")
                .forEach(link ->
                        assertThat(ids).contains(link.getAttribute("href").substring(1)));
        elements(page, "label").forEach(label -> assertThat(ids).contains(label.getAttribute("for")));
    }

    @Test
    void wordsOfABoxStayText() {
        String text = InspectionHtml.of(Inspections.hostile(), Language.EN);
        Document page = PageReader.read(text);
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "img")).isEmpty();
        assertThat(elements(page, "details")).hasSize(1);
        assertThat(text).doesNotContain("\u001b", "\u202e", "\u0085", "\u0000");
        assertThat(text.length()).isLessThan(100_000);
        assertThat(text).contains("characters left out");
    }

    private static List<String> ids(Document page) {
        return elements(page, "*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
