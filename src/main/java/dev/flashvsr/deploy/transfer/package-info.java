/** Large files to a box, resumable by verified blocks and striped over channels, and from it, resumable by a verified beginning. */
@NullMarked
package dev.flashvsr.deploy.transfer;

import org.jspecify.annotations.NullMarked;
