/** What the probes' output says, as values: pure parsers, one a kind of output. */
@NullMarked
package dev.flashvsr.deploy.inspect.facts;

import org.jspecify.annotations.NullMarked;
