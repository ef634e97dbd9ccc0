package dev.flashvsr.deploy.inspect.catalogue;

/**
 * One question to a provider, which may stand for several requirements.
 *
 * @param id a word of its own, such as {@code gpu-alone}
 * @param ask the question
 * @param good what a good answer looks like
 */
public record Question(String id, Wording ask, Wording good) {}
