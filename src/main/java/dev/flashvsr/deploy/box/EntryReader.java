package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads the {@link Entries} of an answer while it comes, in pieces of any size. */
public final class EntryReader {
    /** Of the most steps that a playbook can have, each has a dozen at the most. */
    private static final int MOST = 20_000;

    private static final int HEADER_LIMIT = Entries.NAME_LIMIT + 20;
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,10}");

    private final BiConsumer<String, byte[]> listener;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private byte[] rest = new byte[1 << 15];
    private int from;
    private int to;
    private long before;
    private boolean ended;
    private Optional<DeployException> broken = Optional.empty();

    /** {@code listener} is given each entry, by name, as soon as it is there. */
    public EntryReader(BiConsumer<String, byte[]> listener) {
        this.listener = listener;
    }

    /** Takes the first {@code length} of {@code bytes}. What comes after the end mark, or after what does not hold, is passed over. */
    public void take(byte[] bytes, int length) {
        if (ended || broken.isPresent()) {
            return;
        }
        makeRoom(length);
        System.arraycopy(bytes, 0, rest, to, length);
        to += length;
        try {
            while (!ended && from < to && next()) {}
        } catch (DeployException e) {
            broken = Optional.of(e);
        }
    }

    /** All of them, once the answer is whole; {@link DeployException} with exit status 4 when it does not hold. */
    public Entries end() {
        if (broken.isPresent()) {
            throw broken.get();
        }
        if (!ended && from < to) {
            throw broken();
        }
        return new Entries(entries);
    }

    private void makeRoom(int length) {
        if (rest.length - to >= length) {
            return;
        }
        int kept = to - from;
        byte[] target = kept + length <= rest.length ? rest : new byte[Math.max(2 * rest.length, kept + length)];
        System.arraycopy(rest, from, target, 0, kept);
        rest = target;
        before += from;
        from = 0;
        to = kept;
    }

    /** Reads the entry at hand; false while it is not there as a whole. */
    private boolean next() {
        int newline = newline();
        if (newline < 0) {
            return false;
        }
        String header = new String(rest, from, newline - from, StandardCharsets.ISO_8859_1);
        int space = header.lastIndexOf(' ');
        if (space < 0 || !SIZE.matcher(header.substring(space + 1)).matches()) {
            throw broken();
        }
        String name = header.substring(0, space);
        long size = Long.parseLong(header.substring(space + 1));
        boolean last = name.equals(Entries.END) && size == 0;
        if (!last && !Entries.isName(name)) {
            throw broken();
        }
        long end = newline + 1 + size;
        if (end >= to) {
            return false;
        }
        if (rest[(int) end] != '\n') {
            throw broken();
        }
        if (!last) {
            found(name, Arrays.copyOfRange(rest, newline + 1, (int) end));
        }
        from = (int) end + 1;
        ended = last;
        return true;
    }

    private void found(String name, byte[] bytes) {
        if (entries.size() == MOST) {
            throw broken("it holds more than " + MOST + " entries");
        }
        if (entries.put(name, bytes) != null) {
            throw broken("it holds " + name + " twice");
        }
        listener.accept(name, bytes);
    }

    /** Where the header ends; -1 while it is not there as a whole. */
    private int newline() {
        int most = Math.min(to, from + HEADER_LIMIT);
        for (int i = from; i < most; i++) {
            if (rest[i] == '\n') {
                return i;
            }
        }
        if (to - from >= HEADER_LIMIT) {
            throw broken();
        }
        return -1;
    }

    private DeployException broken() {
        String shown = new String(rest, from, Math.min(80, to - from), StandardCharsets.ISO_8859_1);
        return broken("at byte " + (before + from) + " it reads: " + Said.line(shown));
    }

    private static DeployException broken(String why) {
        return new DeployException(
                ExitCode.UNFIT,
                "The box's answer is not as agreed: " + why,
                "Run the command again; if it stays so, look on the box for what changes its commands' output.");
    }
}
