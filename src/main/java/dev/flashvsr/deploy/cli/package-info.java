/** Commands, options and exit codes: the only place that wires objects, and the only one that ends the process. */
@NullMarked
package dev.flashvsr.deploy.cli;

import org.jspecify.annotations.NullMarked;
