package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;

/**
 * A plan that was handed over.
 *
 * @param box the connection that is there now, the receiver's to close
 */
record Submission(Box box, SubmitAnswer answer) {}
