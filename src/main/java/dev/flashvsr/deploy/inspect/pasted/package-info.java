/** Reads texts that people paste: tells outputs apart and turns them into what our probes would have printed. */
@NullMarked
package dev.flashvsr.deploy.inspect.pasted;

import org.jspecify.annotations.NullMarked;
