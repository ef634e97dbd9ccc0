package dev.flashvsr.deploy.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.BoxStream;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One channel of an upload: speaks with {@code receive-blocks.sh}. Used by one thread, closed by any. */
final class BlockChannel implements AutoCloseable {
    private final BoxStream stream;
    private final BufferedReader answers;
    private final UploadFailures failures;
    private final int block;

    BlockChannel(BoxStream stream, UploadFailures failures, int block) {
        this.stream = stream;
        this.answers = new BufferedReader(new InputStreamReader(stream.stdout(), UTF_8));
        this.failures = failures;
        this.block = block;
    }

    /** The lead's first word: which blocks are there as they are here; empty when the whole file is there. */
    Optional<BitSet> there(LocalFile file, Content content) {
        BitSet same = new BitSet();
        String word = answer();
        if (word.equals("have")) {
            return Optional.empty();
        }
        if (word.equals("part")) {
            byte[] buffer = new byte[block];
            long offset = 0;
            for (String line = answer(); !line.equals("."); line = answer()) {
                int length = (int) Math.min(block, file.size() - offset);
                if (length <= 0) {
                    throw failures.strange(line);
                }
                same.set((int) (offset / block), line.startsWith(content.hash(offset, buffer, length)));
                offset += length;
            }
        } else if (!word.equals("fresh")) {
            throw failures.strange(word);
        }
        return Optional.of(same);
    }

    /** Sends ranges until there are no more, and returns when the box has written them. {@code sent} gets each count of bytes. */
    void send(RangeQueue queue, Content content, LongConsumer sent) {
        int ranges = 0;
        byte[] buffer = new byte[block];
        try {
            OutputStream out = stream.stdin();
            for (Optional<Range> next = queue.next(); next.isPresent(); next = queue.next()) {
                Range range = next.get();
                out.write((range.offset() + " " + range.length() + "\n").getBytes(US_ASCII));
                for (long done = 0; done < range.length(); ) {
                    int length = (int) Math.min(block, range.length() - done);
                    content.read(range.offset() + done, buffer, length);
                    out.write(buffer, 0, length);
                    done += length;
                    sent.accept(length);
                }
                out.flush();
                ranges++;
            }
        } catch (IOException e) {
            throw explain(e);
        }
        for (int i = 0; i < ranges; i++) {
            expect("written");
        }
    }

    /** Says that all has been written: the box checks the whole file and gives it its name. */
    void finish() {
        try {
            stream.stdin().write("end\n".getBytes(US_ASCII));
            stream.stdin().flush();
        } catch (IOException e) {
            throw explain(e);
        }
        expect("done");
    }

    private void expect(String word) {
        String answer = answer();
        if (answer.startsWith("wrong ")) {
            throw failures.wrong();
        } else if (!answer.equals(word)) {
            throw failures.strange(answer);
        }
    }

    /** The box may have said why it takes no more; if it did not, the link is gone. */
    private DeployException explain(IOException cause) {
        try {
            while (true) {
                expect("written");
            }
        } catch (LinkLostException e) {
            e.addSuppressed(cause);
            return e;
        } catch (DeployException e) {
            return e;
        }
    }

    private String answer() {
        String line;
        try {
            line = answers.readLine();
        } catch (IOException e) {
            throw failures.lost(e);
        }
        if (line == null) {
            throw failures.ended(stream.status(), stream.errorTail());
        }
        if (line.startsWith("failed ")) {
            throw failures.refused(line.substring("failed ".length()));
        }
        return line;
    }

    @Override
    public void close() {
        stream.close();
    }
}
