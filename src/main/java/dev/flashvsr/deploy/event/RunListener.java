package dev.flashvsr.deploy.event;

/** Hears the events of a run, one at a time, in order. */
@FunctionalInterface
public interface RunListener {
    /** Must return soon and must not throw. */
    void on(RunEvent event);
}
