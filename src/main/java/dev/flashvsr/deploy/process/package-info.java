/** Processes on this machine; alone imports Commons Exec. */
@NullMarked
package dev.flashvsr.deploy.process;

import org.jspecify.annotations.NullMarked;
