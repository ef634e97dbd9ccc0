package dev.flashvsr.deploy.transfer;

/**
 * A piece of a file.
 *
 * @param offset where it begins, in bytes
 * @param length in bytes
 */
record Range(long offset, long length) {}
