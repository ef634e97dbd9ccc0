package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Letter;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Questionnaire;
import dev.flashvsr.deploy.inspect.offer.Questionnaire.Item;
import dev.flashvsr.deploy.inspect.offer.Questionnaire.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A letter to a provider's support, ready to be sent. */
public final class LetterText {
    /** A plain text is broken so that it can be quoted in an answer. */
    private static final int WIDTH = 78;

    private final Questionnaire questionnaire;
    private final Language language;
    private final boolean ids;
    private final List<String> lines = new ArrayList<>();

    private LetterText(Questionnaire questionnaire, Language language, boolean ids) {
        this.questionnaire = questionnaire;
        this.language = language;
        this.ids = ids;
    }

    /** As Markdown; with {@code ids} each question also names the requirements that its answer is written down for. */
    public static String markdown(Questionnaire questionnaire, Language language, boolean ids) {
        return new LetterText(questionnaire, language, ids).asMarkdown();
    }

    /** As plain text of at most 78 columns, for a form or a chat. */
    public static String plain(Questionnaire questionnaire, Language language, boolean ids) {
        return new LetterText(questionnaire, language, ids).asPlain();
    }

    private String asMarkdown() {
        Letter letter = questionnaire.letter();
        add("# " + say(letter.subject()), "", say(letter.greeting()), "");
        for (Section section : questionnaire.sections()) {
            add("## " + say(section.title()), "");
            for (Item item : section.items()) {
                String indent = " ".repeat((item.number() + ". ").length());
                add(item.number() + ". " + say(item.question().ask()), "");
                add(indent + "*" + good(letter) + "* " + say(item.question().good()), "");
                if (ids) {
                    add(indent + "`" + String.join("`, `", item.requirements()) + "`", "");
                }
            }
        }
        add("## " + say(letter.aboutTitle()), "");
        letter.about().forEach(line -> add("- " + say(line)));
        add("", say(letter.closing()));
        return text();
    }

    private String asPlain() {
        Letter letter = questionnaire.letter();
        add(say(letter.subject()), "");
        wrap("", say(letter.greeting()));
        add("");
        for (Section section : questionnaire.sections()) {
            add(say(section.title()).toUpperCase(Locale.ROOT), "");
            for (Item item : section.items()) {
                String number = item.number() + ". ";
                wrap(number, unmarked(say(item.question().ask())));
                wrap(
                        " ".repeat(number.length()),
                        good(letter) + " " + unmarked(say(item.question().good())));
                if (ids) {
                    wrap(" ".repeat(number.length()), "[" + String.join(", ", item.requirements()) + "]");
                }
                add("");
            }
        }
        add(say(letter.aboutTitle()).toUpperCase(Locale.ROOT), "");
        letter.about().forEach(line -> wrap("- ", say(line)));
        add("");
        wrap("", say(letter.closing()));
        return text();
    }

    private String good(Letter letter) {
        return say(letter.good()) + ":";
    }

    /** Later lines stand below the first one's text. */
    private void wrap(String first, String text) {
        StringBuilder line = new StringBuilder(first);
        String indent = " ".repeat(first.length());
        for (String word : text.split(" ", -1)) {
            boolean empty = line.toString().isBlank() || line.length() == first.length();
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(empty ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
    }

    private static String unmarked(String text) {
        return text.replace("`", "");
    }

    private String say(Wording wording) {
        return wording.in(language);
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private String text() {
        return String.join("\n", lines) + "\n";
    }
}
