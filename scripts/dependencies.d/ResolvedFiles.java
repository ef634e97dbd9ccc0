import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.eclipse.aether.RepositoryEvent;

/**
 * A part of Maven that sees each file of the local repository before Maven reads it: a plugin, a dependency, or a POM of one. With
 * {@code dependencies.record=FILE} it appends their hashes to that file; with {@code dependencies.known=FILE} it ends Maven at a file that has another
 * hash than that list says, or none there (but with {@code dependencies.others=allowed}), before any code of it has run.
 */
public final class ResolvedFiles extends AbstractEventSpy {
    private final Set<Path> seen = ConcurrentHashMap.newKeySet();
    private final Path record = path("dependencies.record");
    private final Path list = path("dependencies.known");
    private final Map<String, String> known = read(list);
    private final boolean othersAllowed = "allowed".equals(System.getProperty("dependencies.others"));

    @Override
    public void onEvent(Object event) {
        if (event instanceof RepositoryEvent repository
                && repository.getType() == RepositoryEvent.EventType.ARTIFACT_RESOLVED
                && repository.getArtifact() != null
                && repository.getArtifact().getFile() != null) {
            Path home = repository.getSession().getLocalRepository().getBasedir().toPath().toAbsolutePath().normalize();
            Path file = repository.getArtifact().getFile().toPath().toAbsolutePath().normalize();
            // What this build itself makes lies elsewhere.
            if (file.startsWith(home) && seen.add(file)) {
                see(file, home.relativize(file).toString());
            }
        }
    }

    private synchronized void see(Path file, String name) {
        try {
            String hash = hash(file);
            if (record != null) {
                Files.writeString(record, hash + "  " + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            if (list != null && !hash.equals(known.get(name)) && (known.containsKey(name) || !othersAllowed)) {
                String expected = known.containsKey(name) ? "should have " + known.get(name) : "is not in that list";
                end(file + " has the SHA-256 " + hash + " and, by " + list + ", " + expected + ".\n"
                        + "[ERROR] Nothing of it was run. If you changed a version on purpose, renew the list: scripts/dependencies renew.\n"
                        + "[ERROR] Otherwise remove the file, run this again, and do not trust where it came from if it comes back the same.");
            }
        } catch (IOException e) {
            end(file + " can't be read, or its hash not noted: " + e);
        }
    }

    /** An exception would only be logged, and Maven would go on to load the file. */
    private static void end(String why) {
        System.out.println("[ERROR] " + why);
        System.out.flush();
        Runtime.getRuntime().halt(1);
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        return value == null ? null : Path.of(value);
    }

    private static Map<String, String> read(Path list) {
        if (list == null) {
            return Map.of();
        }
        try (var lines = Files.lines(list)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableMap(line -> line.substring(66), line -> line.substring(0, 64)));
        } catch (IOException | RuntimeException e) {
            end(list + " is no list of hashes: " + e);
            return Map.of();
        }
    }
}
