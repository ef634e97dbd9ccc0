/** JSON text to values and back, within limits; alone imports Jackson. */
@NullMarked
package dev.flashvsr.deploy.json;

import org.jspecify.annotations.NullMarked;
