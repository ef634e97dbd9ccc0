package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "40, 0 s",
        "350, 0.4 s",
        "3200, 3.2 s",
        "9940, 9.9 s",
        "9950, 10 s",
        "45000, 45 s",
        "59499, 59 s",
        "59600, 1 min",
        "320000, 5 min 20 s",
        "305000, 5 min 05 s",
        "3599600, 1 h",
        "3900000, 1 h 05 min",
        "90000000, 25 h",
    })
    void times(long millis, String text) {
        assertThat(Quantities.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1 s", "8, 8 s", "47, 50 s", "54, 50 s", "55, 1 min", "100, 2 min", "3890, 1 h 05 min"})
    void roughTimes(long seconds, String text) {
        assertThat(Quantities.roughTime(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 00:00", "451, 07:31", "3599, 59:59", "4051, 1:07:31", "-3, 00:00"})
    void clocks(long seconds, String text) {
        assertThat(Quantities.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "999499, 999 kB",
        "999500, 1 MB",
        "16900000, 17 MB",
        "120000000, 120 MB",
        "6949000000, 6.9 GB",
        "9960000000, 10 GB",
        "5000000000000000, 5000 TB",
    })
    void sizes(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void money() {
        Price price = new Price(1.5, "USD");
        assertThat(price.of(Duration.ofMinutes(41))).isEqualTo("1.03 USD");
        assertThat(price).hasToString("1.50 USD/h");
    }
}
