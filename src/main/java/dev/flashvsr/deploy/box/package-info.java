/** The port to a machine: run a script, follow files, put and get a file. */
@NullMarked
package dev.flashvsr.deploy.box;

import org.jspecify.annotations.NullMarked;
