package dev.flashvsr.deploy.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.50 USD/h", "1.50 USD / h", "1.50USD/h"})
    void readsAmountAndCurrency(String text) {
        assertThat(Price.parse(text).orElseThrow()).hasToString("1.50 USD/h");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.50",
                "1.50 USD",
                "$1.50/h",
                "1,50 EUR/h",
                "1.50 usd/h",
                "-1 USD/h",
                "1e9 USD/h",
                "1.5 USD/day"
            })
    void refusesOtherForms(String text) {
        assertThat(Price.parse(text)).isEmpty();
    }

    @Test
    void whatTimeCostsIsRoundedUp() {
        Price price = Price.parse("1.50 USD/h").orElseThrow();

        assertThat(price.costOf(Duration.ofMinutes(30))).hasToString("0.75");
        assertThat(price.costOf(Duration.ofSeconds(1))).hasToString("0.01");
        assertThat(price.costOf(Duration.ZERO)).hasToString("0.00");
    }
}
