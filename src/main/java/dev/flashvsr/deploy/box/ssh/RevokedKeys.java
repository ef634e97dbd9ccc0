package dev.flashvsr.deploy.box.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The file that {@code RevokedHostKeys} names: host keys that must never be trusted. ssh_config(5). */
record RevokedKeys(Path file) {
    private static final byte[] KEY_REVOCATION_LIST = "SSHKRL".getBytes(StandardCharsets.US_ASCII);

    /**
     * All of them.
     *
     * @throws dev.flashvsr.deploy.problem.DeployException when the file can't be read: then, as with OpenSSH, no key is trusted
     */
    List<PublicKey> keys() {
        List<String> lines;
        try {
            byte[] all = Files.readAllBytes(file);
            if (Arrays.mismatch(all, KEY_REVOCATION_LIST) == KEY_REVOCATION_LIST.length) {
                throw SshFailures.unsupported(
                        "RevokedHostKeys names " + file
                                + ", a binary revocation list (KRL), which this program can't read.",
                        "Name a text file there, with one public key per line (ssh-keygen -k makes the binary form).");
            }
            lines = new String(all, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw SshFailures.unsupported(
                    "RevokedHostKeys names " + file + ", which can't be read, so no host key can be trusted.",
                    "Correct the SSH configuration, or make the file readable.");
        }
        return lines.stream().flatMap(line -> PublicKey.ofLine(line).stream()).toList();
    }
}
