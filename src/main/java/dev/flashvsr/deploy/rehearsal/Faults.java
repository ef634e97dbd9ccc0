package dev.flashvsr.deploy.rehearsal;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Makes answers go wrong on purpose, so many times each. Stands in front of everything that the server answers. */
public final class Faults extends Filter {
    private final CountDownLatch closed;
    private final List<Planned> planned = new ArrayList<>();

    /** With a latch that ends every slow answer when the server closes. */
    Faults(CountDownLatch closed) {
        this.closed = closed;
    }

    /** The next {@code times} answers whose path contains {@code part} go wrong so. */
    public synchronized void plan(String part, int times, Fault fault) {
        planned.add(new Planned(part, times, fault));
    }

    /** From now on nothing goes wrong. */
    public synchronized void clear() {
        planned.clear();
    }

    private synchronized Optional<Fault> take(String path) {
        for (int i = 0; i < planned.size(); i++) {
            Planned next = planned.get(i);
            if (path.contains(next.part())) {
                if (next.times() == 1) {
                    planned.remove(i);
                } else {
                    planned.set(i, new Planned(next.part(), next.times() - 1, next.fault()));
                }
                return Optional.of(next.fault());
            }
        }
        return Optional.empty();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Optional<Fault> fault = take(exchange.getRequestURI().getPath());
        if (fault.isEmpty()) {
            chain.doFilter(exchange);
        } else if (fault.get() instanceof Fault.TooManyRequests many) {
            exchange.getResponseHeaders()
                    .set("Retry-After", Long.toString(many.retryAfter().toSeconds()));
            refuse(exchange, 429);
        } else if (fault.get() instanceof Fault.Unavailable) {
            refuse(exchange, 503);
        } else {
            exchange.setStreams(null, new FaultyStream(exchange.getResponseBody(), fault.get(), closed));
            chain.doFilter(exchange);
        }
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public String description() {
        return "makes answers go wrong on purpose";
    }

    private record Planned(String part, int times, Fault fault) {}
}
