/** A box behind an SSH connection; alone imports JSch. */
@NullMarked
package dev.flashvsr.deploy.box.ssh;

import org.jspecify.annotations.NullMarked;
