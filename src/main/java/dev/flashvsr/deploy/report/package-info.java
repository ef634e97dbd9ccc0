/** What is kept of a run to read afterwards: HTML and Markdown. */
@NullMarked
package dev.flashvsr.deploy.report;

import org.jspecify.annotations.NullMarked;
