/** What must not be shown, and how it is kept from being shown. */
@NullMarked
package dev.flashvsr.deploy.secret;

import org.jspecify.annotations.NullMarked;
