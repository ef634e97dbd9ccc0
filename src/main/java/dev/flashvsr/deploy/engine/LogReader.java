package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.progress.LineAssembler;
import dev.flashvsr.deploy.secret.Redactor;
import dev.flashvsr.deploy.secret.SecretTrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the log of one attempt, and goes on while it is written if that is wanted. */
public final class LogReader {
    private static final int MOST_TRACES = 1 << 20;

    private final Context context;

    /** With all that it needs of the world. */
    public LogReader(Context context) {
        this.context = context;
    }

    /**
     * Hands each line of the attempt's log to {@code lines}.
     *
     * @param watched the run whose runner looks after the attempt: the newest one, which may have taken it over
     * @param follow go on until the attempt has ended
     * @throws LinkLostException when the link breaks
     */
    public void read(
            Box box,
            String root,
            Attempt attempt,
            String step,
            String watched,
            boolean follow,
            Consumer<String> lines) {
        String path = "runs/" + attempt.run() + "/steps/" + step + "/" + attempt.number() + "/log";
        String events = "runs/" + watched + "/events";
        try {
            Redactor othersSecrets = secretsOf(box, root, attempt.run());
            LineAssembler log = new LineAssembler(line -> {
                if (!line.update()) {
                    lines.accept(othersSecrets.redact(context.redact().apply(line.text())));
                }
            });
            try (FollowStream stream = open(box, root, watched)) {
                FollowRequests requests = stream.requests();
                LineAssembler happened = new LineAssembler(line -> EventLine.parse(line.text())
                        .filter(event -> endsAttempt(event, step, attempt))
                        .ifPresent(event -> requests.drop(path)));
                requests.follow(path, 0);
                if (follow) {
                    requests.follow(events, 0);
                } else {
                    requests.drop(path);
                }
                for (Optional<FollowFrame> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
                    if (frame.get() instanceof FollowFrame.Bytes bytes) {
                        (bytes.path().equals(events) ? happened : log).feed(bytes.data());
                    } else if (frame.get() instanceof FollowFrame.Dropped) {
                        log.end();
                        return;
                    } else if (frame.get() instanceof FollowFrame.Runner runner
                            && (runner.isDead() || runner.end().isPresent())) {
                        requests.drop(path);
                    }
                }
            }
            throw new LinkLostException("The box " + box.label() + " ended the log before its end.");
        } catch (IOException e) {
            throw new LinkLostException("The connection to " + box.label() + " broke.", e);
        }
    }

    /** What the secrets of a run look like: those of this call are known anyway, another caller's are not. */
    private Redactor secretsOf(Box box, String root, String run) throws IOException {
        String path = "runs/" + run + "/secrets";
        ByteArrayOutputStream traces = new ByteArrayOutputStream();
        try (FollowStream stream = open(box, root, "")) {
            stream.requests().follow(path, 0);
            stream.requests().drop(path);
            for (Optional<FollowFrame> frame = stream.next();
                    frame.isPresent() && !(frame.get() instanceof FollowFrame.Dropped);
                    frame = stream.next()) {
                if (frame.get() instanceof FollowFrame.Bytes bytes) {
                    traces.writeBytes(bytes.data());
                    if (traces.size() > MOST_TRACES) {
                        throw new IOException("the box has more secrets than a run can have");
                    }
                }
            }
        }
        return Redactor.of(List.of(), SecretTrace.parseAll(traces.toString(UTF_8)));
    }

    private FollowStream open(Box box, String root, String watched) {
        return new FollowStream(new BoxShell(box, context.random()), root, context.mark(), watched);
    }

    private static boolean endsAttempt(EventLine event, String step, Attempt attempt) {
        return List.of("finished", "failed", "retrying").contains(event.type())
                && event.step().equals(Optional.of(step))
                && event.attempt() == attempt.number();
    }
}
