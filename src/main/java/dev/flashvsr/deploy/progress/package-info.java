/** What a step prints, cut into lines that are safe to show, and how far it is, read from them. */
@NullMarked
package dev.flashvsr.deploy.progress;

import org.jspecify.annotations.NullMarked;
