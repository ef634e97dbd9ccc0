package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.SshServer;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;
import java.util.Optional;

/** The way in. That a probe answered at all, with its exit status, proves that commands run without a terminal. No limits. */
final class AccessRules {
    private AccessRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "ssh-exec", AccessRules::exec,
                "ssh-keys", AccessRules::keys,
                "sftp", AccessRules::sftp,
                "upload", AccessRules::upload);
    }

    private static Judgement exec(Requirement requirement, Evidence evidence) {
        // What a person pasted has no exit status, and proves no channel.
        boolean ran = evidence.outputs().values().stream()
                .anyMatch(output -> output.exit().isPresent());
        return ran
                ? pass("Commands run over SSH without a terminal.", "Команды по SSH выполняются без терминала.")
                : Unread.of(evidence, "ssh.server");
    }

    private static Judgement keys(Requirement requirement, Evidence evidence) {
        Optional<SshServer> found = SshServer.of(evidence);
        if (found.isEmpty()) {
            return Unread.of(evidence, "ssh.server");
        }
        // A file of settings that names others leaves this one as it is by default; where none was read nothing is
        // known.
        if (found.get().settings().isEmpty()) {
            return Unread.of(evidence, "ssh.server");
        }
        if (found.get().settings().getOrDefault("pubkeyauthentication", "yes").equalsIgnoreCase("no")) {
            return fail("The SSH server takes no keys.", "SSH-сервер не принимает ключи.");
        }
        return found.get().writableKeys()
                ? pass("Keys are taken, and own ones can be added.", "Ключи принимаются, свои можно добавить.")
                : warn(
                        "Keys are taken, but authorized_keys can't be changed from inside.",
                        "Ключи принимаются, но authorized_keys изнутри не изменить.");
    }

    private static Judgement sftp(Requirement requirement, Evidence evidence) {
        return SshServer.of(evidence)
                .map(server -> server.settings().getOrDefault("subsystem", "").startsWith("sftp")
                                && (server.sftp().isPresent()
                                        || server.settings()
                                                .getOrDefault("subsystem", "")
                                                .contains("internal"))
                        ? pass("There is SFTP.", "SFTP есть.")
                        : warn(
                                "No SFTP is seen; files are sent over the command channel instead.",
                                "SFTP не видно; файлы передаются по каналу команд."))
                .orElseGet(() -> Unread.of(evidence, "ssh.server"));
    }

    private static Judgement upload(Requirement requirement, Evidence evidence) {
        Optional<Place> place = Disk.of(evidence).flatMap(Disk::chosen);
        if (place.isEmpty()) {
            return Unread.of(evidence, "disk.df");
        }
        Judgement channel = exec(requirement, evidence);
        if (channel.verdict() != Verdict.PASS) {
            return channel;
        }
        String path = place.get().path();
        return place.get().writable()
                ? pass("Files can be put into " + path + ".", "Файлы можно класть в " + path + ".")
                : fail(path + " can't be written.", "В " + path + " нельзя писать.");
    }
}
