package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.BoxScripts;
import dev.flashvsr.deploy.box.Exit;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A box in memory: for each script that is sent it does what a test says, and keeps what it was sent. */
final class ScriptedBox implements Box {
    /** What it does in place of a script; the answer is the script's exit status. */
    interface Play {
        int play(List<String> arguments, InputStream in, OutputStream out) throws IOException;
    }

    /** For a {@link Play}: the link breaks here. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final List<String> SCRIPTS =
            List.of("survey", "submit", "follow", "cancel", "call", "clean", "note");
    private static final Pattern COMMAND = Pattern.compile("(?s).* ([0-9a-f]{32}) ([0-9]+)");

    private final Map<String, Play> plays = new LinkedHashMap<>();
    final List<String> played = Collections.synchronizedList(new ArrayList<>());
    volatile int closed;

    ScriptedBox on(String script, Play play) {
        plays.put(script, play);
        return this;
    }

    /** Answers a script with these entries, whatever it was sent. */
    ScriptedBox answering(String script, String... namesAndTexts) {
        return on(script, (arguments, in, out) -> {
            entries(in);
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                entry(out, namesAndTexts[i], namesAndTexts[i + 1]);
            }
            return 0;
        });
    }

    /** The entries that come, up to their end. */
    static Map<String, String> entries(InputStream in) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] words = header.split(" ");
            byte[] bytes = in.readNBytes(Integer.parseInt(words[1]));
            line(in);
            if (words[0].equals(".")) {
                break;
            }
            found.put(words[0], new String(bytes, UTF_8));
        }
        return found;
    }

    static void entry(OutputStream out, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.write((name + " " + bytes.length + "\n").getBytes(UTF_8));
        out.write(bytes);
        out.write('\n');
    }

    /** The follower, over these files: each is sent from where it is asked for, and let go where it is dropped. */
    static Play following(Map<String, String> files, String runner) {
        return (arguments, in, out) -> {
            String mark = arguments.get(1);
            for (String asked = line(in); !asked.isEmpty(); asked = line(in)) {
                String[] words = asked.split(" ");
                if (words[0].equals("follow")) {
                    byte[] all = files.getOrDefault(words[1], "").getBytes(UTF_8);
                    long offset = Long.parseLong(words[2]);
                    int from = (int) (offset < 0 ? Math.max(0, all.length + offset) : Math.min(all.length, offset));
                    frame(out, mark, words[1], from, new String(all, from, all.length - from, UTF_8));
                    frame(out, mark, ".", 0, "");
                    if (words[1].endsWith("/events") && !runner.isEmpty()) {
                        frame(out, mark, "@runner", 0, runner);
                    }
                } else if (words[0].equals("drop")) {
                    frame(out, mark, "@dropped", 0, words[1]);
                }
            }
            return 0;
        };
    }

    static void frame(OutputStream out, String mark, String path, long offset, String data) throws IOException {
        byte[] bytes = data.getBytes(UTF_8);
        out.write((mark + " " + path + " " + offset + " " + bytes.length + "\n").getBytes(UTF_8));
        out.write(bytes);
        out.write('\n');
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(UTF_8);
    }

    @Override
    public String label() {
        return "a1";
    }

    @Override
    public BoxProcess start(String commandLine) {
        if (closed > 0) {
            throw new LinkLostException("closed");
        }
        Matcher command = COMMAND.matcher(commandLine);
        if (!command.matches()) {
            throw new AssertionError(commandLine);
        }
        Running running = new Running(command.group(1), Integer.parseInt(command.group(2)));
        Thread thread = new Thread(running, "scripted box");
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    @Override
    public Duration roundTrip() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        closed++;
    }

    private final class Running implements BoxProcess, Runnable {
        private final String mark;
        private final int size;
        private final Spool in = new Spool();
        private final Spool out = new Spool();

        Running(String mark, int size) {
            this.mark = mark;
            this.size = size;
        }

        @Override
        public void run() {
            try {
                String text = new String(in.readNBytes(size), UTF_8);
                String script = SCRIPTS.stream()
                        .filter(name -> text.endsWith(BoxScripts.load(name).text() + "#" + mark))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("an unknown script"));
                played.add(script);
                String head = text.startsWith("set -- ") ? text.substring(7, text.indexOf('\n')) : "";
                List<String> arguments = Stream.of(head.split(" "))
                        .map(word -> word.replace("'", ""))
                        .toList();
                OutputStream answer = sink(out);
                answer.write(("\n" + mark + " begin\n").getBytes(UTF_8));
                Play play = plays.get(script);
                if (play == null) {
                    throw new AssertionError("nobody said what to do for " + script);
                }
                int status = play.play(arguments, in, answer);
                answer.write((mark + " end " + status + "\n").getBytes(UTF_8));
                out.end();
            } catch (IOException | AssertionError e) {
                out.fail(new IOException("the link broke: " + e, e));
            }
        }

        @Override
        public OutputStream stdin() {
            return sink(in);
        }

        @Override
        public InputStream stdout() {
            return out;
        }

        @Override
        public String errorTail() {
            return "";
        }

        @Override
        public Exit await(Duration limit) {
            return new Exit.Lost("the link broke");
        }

        @Override
        public void close() {
            in.end();
            out.end();
        }
    }

    private static OutputStream sink(Spool spool) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                spool.append(bytes, offset, length);
            }

            @Override
            public void close() {
                spool.end();
            }
        };
    }
}
