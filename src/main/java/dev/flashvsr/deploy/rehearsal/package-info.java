/** The embedded box that a rehearsal runs against; alone imports MINA SSHD. */
@NullMarked
package dev.flashvsr.deploy.rehearsal;

import org.jspecify.annotations.NullMarked;
