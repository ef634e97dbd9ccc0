/** Says whether a box is what was promised: probes it, judges what they found by the catalogue, and names what cures. */
@NullMarked
package dev.flashvsr.deploy.inspect;

import org.jspecify.annotations.NullMarked;
