/** Before a box is rented: what to ask a provider, what providers answered, and their offers side by side. */
@NullMarked
package dev.flashvsr.deploy.inspect.offer;

import org.jspecify.annotations.NullMarked;
