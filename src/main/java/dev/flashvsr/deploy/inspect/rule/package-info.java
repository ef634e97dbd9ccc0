/** The rules: from a requirement and what was found, a verdict with its reason. */
@NullMarked
package dev.flashvsr.deploy.inspect.rule;

import org.jspecify.annotations.NullMarked;
