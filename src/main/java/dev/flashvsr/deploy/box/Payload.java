package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.OutputStream;

/** What a script reads on its standard input. Written once, from a thread of its own. */
@FunctionalInterface
public interface Payload {
    /** Writes all of it; need neither flush nor close. */
    void writeTo(OutputStream out) throws IOException;

    /** This, and then the other one. */
    default Payload then(Payload next) {
        return out -> {
            writeTo(out);
            next.writeTo(out);
        };
    }

    /** Nothing: the script meets the end of file at once. */
    static Payload none() {
        return out -> {};
    }

    /** These bytes. */
    static Payload of(byte[] bytes) {
        return out -> out.write(bytes);
    }
}
