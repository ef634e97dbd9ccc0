package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.yaml.Units;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 15m}, {@code 2h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Units.duration(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time such as 90s, 15m or 2h"));
    }
}
