package dev.flashvsr.deploy.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeQueueTest {
    private static List<Range> all(RangeQueue queue) {
        List<Range> ranges = new ArrayList<>();
        for (Optional<Range> next = queue.next(); next.isPresent(); next = queue.next()) {
            ranges.add(next.get());
        }
        return ranges;
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        for (int number : numbers) {
            bits.set(number);
        }
        return bits;
    }

    @ParameterizedTest
    @CsvSource({"0,4", "1,4", "9,1", "10,4", "11,4", "1000,4", "1001,3", "99999,4"})
    void rangesCoverTheFileWithoutGapAndOverlap(long size, int channels) {
        RangeQueue queue = new RangeQueue(size, 10, bits(), channels);
        assertThat(queue.left()).isEqualTo(size);
        long at = 0;
        for (Range range : all(queue)) {
            assertThat(range.offset()).isEqualTo(at);
            assertThat(range.length()).isPositive();
            at += range.length();
        }
        assertThat(at).isEqualTo(size);
        assertThat(queue.left()).isZero();
    }

    @Test
    void blocksThatAreThereAreLeftOut() {
        RangeQueue queue = new RangeQueue(55, 10, bits(0, 3), 4);
        assertThat(queue.left()).isEqualTo(35);
        assertThat(all(queue)).containsExactly(new Range(10, 20), new Range(40, 15));
    }

    @Test
    void aLastBlockThatIsThereCountsItsOwnLength() {
        RangeQueue queue = new RangeQueue(55, 10, bits(0, 5), 4);
        assertThat(queue.left()).isEqualTo(40);
        assertThat(all(queue)).containsExactly(new Range(10, 40));
    }

    @Test
    void oneChannelTakesWhatLiesSideBySideAtOnce() {
        assertThat(all(new RangeQueue(1005, 1, bits(500), 1))).containsExactly(new Range(0, 500), new Range(501, 504));
    }

    @Test
    void rangesAreLongAtFirstAndShortAtTheEnd() {
        List<Range> ranges = all(new RangeQueue(1000, 1, bits(), 4));
        assertThat(ranges.get(0).length()).isEqualTo(64);
        assertThat(ranges.get(ranges.size() - 2).length()).isEqualTo(8);
    }
}
