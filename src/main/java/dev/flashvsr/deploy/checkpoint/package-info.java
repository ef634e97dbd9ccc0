/** What is known to be done: on the box, and in the local journal. */
@NullMarked
package dev.flashvsr.deploy.checkpoint;

import org.jspecify.annotations.NullMarked;
