package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A file of the internet.
 *
 * @param name as a person calls it
 * @param address http or https
 * @param sha256 of its content, 64 lower-case hex digits
 * @param token sent as a bearer token to the address's own host, and never to one that it redirects to
 */
public record Source(String name, URI address, String sha256, Optional<Secret> token) {}
