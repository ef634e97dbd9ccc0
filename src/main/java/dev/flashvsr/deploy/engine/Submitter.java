package dev.flashvsr.deploy.engine;

/**
 * Who submits runs, and from where; the box shows it to whoever finds a run there.
 *
 * @param user login name here
 * @param host name of this machine
 */
public record Submitter(String user, String host) {}
