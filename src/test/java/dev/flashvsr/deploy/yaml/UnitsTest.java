package dev.flashvsr.deploy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @Test
    void readsDurations() {
        assertThat(Units.duration("90s")).contains(Duration.ofSeconds(90));
        assertThat(Units.duration("45m")).contains(Duration.ofMinutes(45));
        assertThat(Units.duration("2h")).contains(Duration.ofHours(2));
        assertThat(Units.duration("0s")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "-1s", "1.5h", "90 s", "90S", "2d", "1h30m", "9999999999999s", "٣s"})
    void refusesOtherDurations(String text) {
        assertThat(Units.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "1KB, 1000",
        "400MB, 400000000",
        "1GB, 1000000000",
        "2TB, 2000000000000",
        "1KiB, 1024",
        "256MiB, 268435456",
        "1GiB, 1073741824",
        "1TiB, 1099511627776"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "400", "MB", "-1GB", "1.5GB", "1 GB", "1gb", "1G", "1kB", "999999999999TiB"})
    void refusesOtherSizes(String text) {
        assertThat(Units.size(text)).isEmpty();
    }
}
