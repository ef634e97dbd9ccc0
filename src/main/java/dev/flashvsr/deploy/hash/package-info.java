/** SHA-256, the one hash of this project: names content, and says whether it arrived whole. */
@NullMarked
package dev.flashvsr.deploy.hash;

import org.jspecify.annotations.NullMarked;
