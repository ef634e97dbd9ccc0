package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.Holder;

/** What the box said to a submitted plan. */
sealed interface SubmitAnswer {
    /** The run that is there now, ours or the holder's. */
    String run();

    /** Its runner has the lock and works. */
    record Started(String run) implements SubmitAnswer {}

    /** Another run has the lock; ours was removed. */
    record Refused(Holder holder) implements SubmitAnswer {
        @Override
        public String run() {
            return holder.run();
        }
    }
}
