package dev.flashvsr.deploy.playbook;

import java.nio.file.Path;

/**
 * A file beside the playbook that is sent with its step.
 *
 * @param path where it is here
 * @param sha256 of its content, lower-case hex
 * @param size in bytes
 */
public record StepFile(Path path, String sha256, long size) {}
