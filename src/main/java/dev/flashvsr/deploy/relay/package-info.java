/** Downloads of a playbook that go through this machine: fetched here, sent to the box, installed there from files. */
@NullMarked
package dev.flashvsr.deploy.relay;

import org.jspecify.annotations.NullMarked;
