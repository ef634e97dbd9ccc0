/** The probes: commands that read and change nothing, and what they printed. */
@NullMarked
package dev.flashvsr.deploy.inspect.probe;

import org.jspecify.annotations.NullMarked;
