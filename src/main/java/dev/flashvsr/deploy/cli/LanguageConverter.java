package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code en} or {@code ru}. */
final class LanguageConverter implements ITypeConverter<Language> {
    @Override
    public Language convert(String value) {
        return switch (value) {
            case "en" -> Language.EN;
            case "ru" -> Language.RU;
            default -> throw new TypeConversionException("expected en or ru, not '" + value + "'");
        };
    }
}
