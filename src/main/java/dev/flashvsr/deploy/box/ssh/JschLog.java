package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.Logger;
import org.slf4j.LoggerFactory;

/** What JSch has to say, one level lower than it thinks: it warns of every normal end. */
final class JschLog implements Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("com.jcraft.jsch");

    @Override
    public boolean isEnabled(int level) {
        return level >= WARN ? LOG.isDebugEnabled() : LOG.isTraceEnabled();
    }

    @Override
    public void log(int level, String message) {
        if (level >= WARN) {
            LOG.debug("{}", message);
        } else {
            LOG.trace("{}", message);
        }
    }

    @Override
    public void log(int level, String message, Throwable cause) {
        log(level, message);
    }
}
