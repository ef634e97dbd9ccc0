/** The playbook that the user wrote, as values that know where they stand. */
@NullMarked
package dev.flashvsr.deploy.playbook;

import org.jspecify.annotations.NullMarked;
