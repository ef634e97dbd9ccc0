package dev.flashvsr.deploy.inspect.catalogue;

/** One text in both languages. It may hold what a box said, which is untrusted: views make it safe to show. */
public record Wording(String en, String ru) {
    /** The same in both: a name, a number, what a box printed. */
    public static Wording same(String text) {
        return new Wording(text, text);
    }

    /** In this language. */
    public String in(Language language) {
        return language == Language.RU ? ru : en;
    }

    /** This, a blank, and that. */
    public Wording and(Wording that) {
        return new Wording(en + " " + that.en, ru + " " + that.ru);
    }
}
