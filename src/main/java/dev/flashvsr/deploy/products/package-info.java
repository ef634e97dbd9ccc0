/** What steps leave behind, brought to this machine and offered to the next box: entries of caches, and results. */
@NullMarked
package dev.flashvsr.deploy.products;

import org.jspecify.annotations.NullMarked;
