package dev.flashvsr.deploy.transfer;

import java.util.BitSet;
import java.util.Optional;

/**
 * What is still to be sent, handed out in ranges from the front. They are long at first and short at the end, so that the
 * work on each is little beside its bytes, and no slow channel holds the others up. A channel that is alone takes all that
 * lies side by side at once.
 */
final class RangeQueue {
    private static final int LONGEST_BLOCKS = 64;
    /** Each range costs a process on the box: more of them would cost more than they save. */
    private static final int SHORTEST_BLOCKS = 8;

    private final long size;
    private final int block;
    private final int channels;
    private final BitSet missing;
    private int blocksLeft;

    /**
     * For a file of {@code size} bytes.
     *
     * @param block bytes of a block; the last one may be shorter
     * @param there the numbers of the blocks that need not be sent
     */
    RangeQueue(long size, int block, BitSet there, int channels) {
        this.size = size;
        this.block = block;
        this.channels = channels;
        this.missing = new BitSet();
        missing.set(0, Math.toIntExact((size + block - 1) / block));
        missing.andNot(there);
        this.blocksLeft = missing.cardinality();
    }

    /** Bytes that were not taken yet. */
    synchronized long left() {
        long bytes = (long) blocksLeft * block;
        int last = Math.toIntExact((size - 1) / block);
        return blocksLeft > 0 && missing.get(last) ? bytes - ((last + 1L) * block - size) : bytes;
    }

    /** Takes the next range; empty when there is nothing more to send. */
    synchronized Optional<Range> next() {
        int from = missing.nextSetBit(0);
        if (from < 0) {
            return Optional.empty();
        }
        int fair = channels == 1
                ? blocksLeft
                : Math.max(SHORTEST_BLOCKS, Math.min(LONGEST_BLOCKS, blocksLeft / (2 * channels)));
        int to = Math.min(missing.nextClearBit(from), from + fair);
        missing.clear(from, to);
        blocksLeft -= to - from;
        long offset = (long) from * block;
        return Optional.of(new Range(offset, Math.min((long) to * block, size) - offset));
    }
}
