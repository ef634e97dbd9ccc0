package dev.flashvsr.deploy.plan;

import java.util.List;
import java.util.Optional;

/**
 * The newest run under this root.
 *
 * @param end {@code ok}, {@code failed} or {@code cancelled}; empty: it has none, it goes on or its runner died
 * @param plan identity of its plan, SHA-256 hex
 * @param secrets lines {@code NAME LENGTH SALT SHA256} of the secrets that it had
 */
public record LastRun(String name, Optional<String> end, Optional<String> plan, List<String> secrets) {
    /** Names of the secrets that it had. */
    public List<String> secretNames() {
        return secrets.stream().map(line -> line.split(" ", 2)[0]).distinct().toList();
    }
}
