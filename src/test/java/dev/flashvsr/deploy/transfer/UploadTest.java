package dev.flashvsr.deploy.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
    private static final long LARGE = 64 << 20;

    @ParameterizedTest
    @CsvSource({"0, 1", "11, 1", "12, 2", "50, 5", "59, 5", "60, 6", "150, 6", "10000, 6"})
    void aLongerWayHasMoreChannels(int millis, int channels) {
        assertThat(Upload.channels(LARGE, Duration.ofMillis(millis))).isEqualTo(channels);
    }

    @Test
    void aWayThatWasNotMeasuredIsTakenForALongOne() {
        assertThat(Upload.channels(LARGE, Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Upload.CHANNELS);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1048576, 1", "2097152, 2", "5242880, 5"})
    void aSmallFileHasNoMoreChannelsThanAreWorthTheirOpening(long size, int channels) {
        assertThat(Upload.channels(size, Duration.ofMillis(150))).isEqualTo(channels);
    }
}
