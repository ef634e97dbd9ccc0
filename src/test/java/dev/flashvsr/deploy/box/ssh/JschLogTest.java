package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JschLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("com.jcraft.jsch");
    private final JschLog log = new JschLog();

    /** JSch calls every normal end of a connection an exception. */
    @Test
    void nobodyReadsWhatJschSaysUnlessItWasAskedFor() {
        assertThat(log.isEnabled(com.jcraft.jsch.Logger.FATAL)).isFalse();

        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        logger.setLevel(Level.ALL);
        logger.setAdditive(false);
        try {
            for (int level = com.jcraft.jsch.Logger.DEBUG; level <= com.jcraft.jsch.Logger.FATAL; level++) {
                log.log(level, "Caught an exception, leaving main loop due to Socket closed");
            }
        } finally {
            logger.setAdditive(true);
            logger.setLevel(before);
            logger.detachAppender(seen);
        }

        assertThat(seen.list).hasSize(3).allMatch(event -> event.getLevel().equals(Level.DEBUG));
    }
}
