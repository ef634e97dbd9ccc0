package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.Logger;
import org.slf4j.LoggerFactory;

/** What JSch warns of, one level lower than it thinks: it warns of every normal end. All below that is not even asked for. */
final class JschLog implements Logger {
    @Override
    public boolean isEnabled(int level) {
        return level >= WARN && LoggerFactory.getLogger("com.jcraft.jsch").isDebugEnabled();
    }

    @Override
    public void log(int level, String message) {
        if (level >= WARN) {
            LoggerFactory.getLogger("com.jcraft.jsch").debug("{}", message);
        }
    }

    @Override
    public void log(int level, String message, Throwable cause) {
        log(level, message);
    }
}
