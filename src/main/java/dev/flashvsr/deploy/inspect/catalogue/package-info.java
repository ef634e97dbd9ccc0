/** The requirements: what is asked of a box, in the user's own order and words, as data. */
@NullMarked
package dev.flashvsr.deploy.inspect.catalogue;

import org.jspecify.annotations.NullMarked;
