package dev.flashvsr.deploy.e2e;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.playbook.EnvFile;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Variables;
import dev.flashvsr.deploy.rehearsal.Rehearsal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rehearsal's box behind a real SSH server, for the unchanged playbook for FlashVSR. What the playbook downloads comes
 * from the pocket internet, which is at the URL {@code internet}; what needs a GPU is a stand-in.
 */
record RehearsedBox(
        Path directory, Playbook playbook, Rehearsal rehearsal, SshdFixture server, String internet, Path environment)
        implements AutoCloseable {
    /** With the pocket internet in its variables as it is. */
    static RehearsedBox start(Path directory) throws Exception {
        return start(directory, "");
    }

    /** With another URL for the pocket internet in its variables. */
    static RehearsedBox start(Path directory, String named) throws Exception {
        Playbook playbook = PlaybookLoader.load(Path.of("playbooks/flashvsr"));
        Map<String, String> values = new LinkedHashMap<>(
                Variables.resolve(playbook, EnvFile.load(Path.of("env/flashvsr.yaml")), List.of(), List.of()));
        Rehearsal rehearsal = Rehearsal.start(directory, values);
        values.putAll(rehearsal.variables());
        String internet = values.get("conda_channel").replaceFirst("/conda$", "");
        if (!named.isEmpty()) {
            values.replaceAll((name, value) -> value.replace(internet, named));
        }
        JsonObject.Builder environment = JsonObject.builder();
        values.forEach(environment::put);
        Path file = Files.writeString(directory.resolve("env.json"), Json.pretty(environment.build()));

        Path box = rehearsal.box().root().getParent();
        SshdFixture server = SshdFixture.start(Login.of("/bin/bash", box.resolve("home"))
                .with("PATH", box.resolve("failing") + ":" + box.resolve("bin") + ":" + System.getenv("PATH"))
                .with("TMPDIR", box.resolve("tmp").toString())
                .with("no_proxy", "127.0.0.1"));
        return new RehearsedBox(directory, playbook, rehearsal, server, internet, file);
    }

    /** The program as somebody calls it who may log in there. */
    Program program() throws Exception {
        return Program.in(directory.resolve("user"))
                .with(SmallBox.login(server))
                .with("--env", environment.toString());
    }

    String target() {
        return SmallBox.target(server);
    }

    /** The root on the box. */
    Path root() {
        return rehearsal.box().root();
    }

    @Override
    public void close() throws Exception {
        server.close();
        rehearsal.close();
    }
}
