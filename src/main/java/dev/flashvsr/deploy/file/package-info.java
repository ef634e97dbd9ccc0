/** Files of this machine that are nobody else's, and that nobody else can put in our place. */
@NullMarked
package dev.flashvsr.deploy.file;

import org.jspecify.annotations.NullMarked;
