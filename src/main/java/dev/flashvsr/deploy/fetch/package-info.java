/** Gets what the internet has to this machine: files by HTTP, resumable and checked by their SHA-256, and Git commits. */
@NullMarked
package dev.flashvsr.deploy.fetch;

import org.jspecify.annotations.NullMarked;
