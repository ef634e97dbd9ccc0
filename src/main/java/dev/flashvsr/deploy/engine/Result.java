package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.Holder;

/** How a run went, as far as we know. */
public sealed interface Result {
    /** The run's name. */
    String run();

    /** One word for it: ok, failed, cancelled, detached or busy. */
    String word();

    /** It is over: {@code ok}, {@code failed} or {@code cancelled}. */
    record Ended(String run, String word) implements Result {}

    /** It goes on without us. */
    record GoesOn(String run, String why) implements Result {
        @Override
        public String word() {
            return "detached";
        }
    }

    /** It was not started: a run with another plan holds the box. */
    record Busy(Holder holder) implements Result {
        @Override
        public String run() {
            return holder.run();
        }

        @Override
        public String word() {
            return "busy";
        }
    }
}
