/**
 * A box behind an SSH connection; alone imports JSch. Its classes make a logger where they have something to say, not when
 * they are loaded: the first logger starts the logging, and most connections have nothing to log.
 */
@NullMarked
package dev.flashvsr.deploy.box.ssh;

import org.jspecify.annotations.NullMarked;
