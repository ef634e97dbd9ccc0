/** What happened, one value for each kind of occurrence, and those who listen. */
@NullMarked
package dev.flashvsr.deploy.event;

import org.jspecify.annotations.NullMarked;
