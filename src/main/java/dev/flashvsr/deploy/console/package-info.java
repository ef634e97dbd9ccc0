/** What a person or a program sees of a plan and of a run: the plan, the live board, plain lines, JSON lines. */
@NullMarked
package dev.flashvsr.deploy.console;

import org.jspecify.annotations.NullMarked;
