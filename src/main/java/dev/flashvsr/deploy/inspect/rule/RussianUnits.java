package dev.flashvsr.deploy.inspect.rule;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units behind numbers, as Russian texts have them: {@code 48 MB/s} is {@code 48 МБ/с}. */
final class RussianUnits {
    private static final Map<String, String> UNITS = Map.of(
            "KiB", "КиБ",
            "MiB", "МиБ",
            "GiB", "ГиБ",
            "kB", "кБ",
            "MB", "МБ",
            "GB", "ГБ",
            "MB/s", "МБ/с",
            "GB/s", "ГБ/с",
            "Mbit/s", "Мбит/с",
            "W", "Вт");
    private static final Pattern AMOUNT =
            Pattern.compile("(?<=\\d )(KiB|MiB|GiB|kB|MB/s|GB/s|Mbit/s|MB|GB|W)(?![\\w/])");

    private RussianUnits() {}

    static String in(String text) {
        return AMOUNT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(UNITS.getOrDefault(found.group(), found.group())));
    }
}
