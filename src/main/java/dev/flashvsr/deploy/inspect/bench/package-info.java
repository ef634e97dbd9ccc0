/** Measurements of seconds that load a box, made only where the person agreed: its disk, its card, the line to it. */
@NullMarked
package dev.flashvsr.deploy.inspect.bench;

import org.jspecify.annotations.NullMarked;
