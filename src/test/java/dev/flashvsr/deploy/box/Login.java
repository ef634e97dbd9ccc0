package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How a test logs in: the login shell, a home of its own, and what the environment holds beyond the usual. */
public record Login(String shell, Path home, Map<String, String> extra) {
    public static Login of(String shell, Path home) {
        return new Login(shell, home, Map.of());
    }

    public Login with(String name, String value) {
        Map<String, String> more = new HashMap<>(extra);
        more.put(name, value);
        return new Login(shell, home, more);
    }

    /** Bash reads it in commands too when it thinks that sshd started it. */
    public Login withBashrc(String text) throws IOException {
        Files.writeString(home.resolve(".bashrc"), text);
        return this;
    }

    /** The whole environment, as sshd makes it. */
    public Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(Map.of(
                "HOME",
                home.toString(),
                "SHELL",
                shell,
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "SSH_CLIENT",
                "127.0.0.1 50000 22"));
        all.putAll(extra);
        return all;
    }
}
