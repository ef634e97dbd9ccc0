/** Submits a plan as a bundle, follows the run, reconnects and cancels; turns the runner's lines into events. */
@NullMarked
package dev.flashvsr.deploy.engine;

import org.jspecify.annotations.NullMarked;
