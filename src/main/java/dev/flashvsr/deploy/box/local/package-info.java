/** The machine that this program runs on, as a box. */
@NullMarked
package dev.flashvsr.deploy.box.local;

import org.jspecify.annotations.NullMarked;
