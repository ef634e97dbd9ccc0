/** The boxes and environments that the user wrote down, as values that know where they stand. */
@NullMarked
package dev.flashvsr.deploy.inventory;

import org.jspecify.annotations.NullMarked;
