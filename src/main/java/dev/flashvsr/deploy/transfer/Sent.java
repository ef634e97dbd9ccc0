package dev.flashvsr.deploy.transfer;

/**
 * What an upload had to do.
 *
 * @param bytes that were sent
 * @param kept bytes that were there already, verified by their hash
 */
public record Sent(long bytes, long kept) {}
