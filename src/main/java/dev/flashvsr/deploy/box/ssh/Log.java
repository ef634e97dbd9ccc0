package dev.flashvsr.deploy.box.ssh;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loggers, made when there is something to say and not with their classes: the first one starts the logging, which takes
 * 0.07 s of the way to a box, and most have nothing to say on it.
 */
final class Log {
    private Log() {}

    static Logger of(Class<?> speaker) {
        return LoggerFactory.getLogger(speaker);
    }

    /** Of JSch as a whole. */
    static Logger ofJsch() {
        return LoggerFactory.getLogger("com.jcraft.jsch");
    }
}
