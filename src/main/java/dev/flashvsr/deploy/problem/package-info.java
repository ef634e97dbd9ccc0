/** What is wrong, where, and what to do about it. */
@NullMarked
package dev.flashvsr.deploy.problem;

import org.jspecify.annotations.NullMarked;
