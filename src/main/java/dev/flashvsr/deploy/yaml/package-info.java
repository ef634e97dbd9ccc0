/** YAML whose values know file, line and column; alone imports SnakeYAML. */
@NullMarked
package dev.flashvsr.deploy.yaml;

import org.jspecify.annotations.NullMarked;
