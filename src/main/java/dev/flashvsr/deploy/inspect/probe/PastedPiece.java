package dev.flashvsr.deploy.inspect.probe;

/**
 * A piece of a pasted text.
 *
 * @param command what was typed at the prompt above it; empty where there was none
 * @param text what stands below
 */
record PastedPiece(String command, String text) {}
