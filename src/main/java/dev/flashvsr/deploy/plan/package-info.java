/** Playbook, facts and checkpoints in, a plan out: a value that says of each step what will be done and why. */
@NullMarked
package dev.flashvsr.deploy.plan;

import org.jspecify.annotations.NullMarked;
