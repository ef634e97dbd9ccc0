package dev.flashvsr.deploy.transfer;

/**
 * What a download had to do.
 *
 * @param size of the file, in bytes
 * @param sha256 of its content, 64 lower-case hex digits
 * @param received bytes that came over the link
 */
public record Fetched(long size, String sha256, long received) {}
