/** Large files to a box: resumable by verified blocks, striped over channels. */
@NullMarked
package dev.flashvsr.deploy.transfer;

import org.jspecify.annotations.NullMarked;
