package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.transfer.LocalFile;

/**
 * A file that is here and belongs to the box.
 *
 * @param name as a person calls it
 * @param path on the box
 */
record Parcel(String name, LocalFile file, String path) {}
