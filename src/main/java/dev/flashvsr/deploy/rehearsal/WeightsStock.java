package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.hash.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hub repository with small files of random bytes in place of the weights, by Git LFS and by plain addresses. */
final class WeightsStock {
    /** The directory of the repository, and the path under which the hub is served. */
    static final String PLACE = "hub";

    private static final int SMALLEST = 64 * 1024;
    private static final int SHRUNK_BY = 2000;

    private WeightsStock() {}

    /** Makes the repository and fills the shelf; returns the variables that lead there. */
    static Map<String, String> fill(Stock stock) {
        String name = stock.pin("weights_repo");
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(
                ".gitattributes",
                Stock.utf8("*.safetensors filter=lfs diff=lfs merge=lfs -text\n"
                        + "*.ckpt filter=lfs diff=lfs merge=lfs -text\n*.pth filter=lfs diff=lfs merge=lfs -text\n"));
        files.put("README.md", Stock.utf8("Stand-in for " + name + " in a rehearsal: random bytes, no weights.\n"));
        SortedMap<String, byte[]> weights = weights(stock);
        weights.forEach((file, bytes) -> files.put(file, Stock.utf8(Lfs.pointer(Sha256.hex(bytes), bytes.length))));

        GitRepository repository =
                GitRepository.make(stock.directory().resolve(PLACE), name + ".git", files, Optional.empty());
        StringBuilder manifest = new StringBuilder();
        weights.forEach((file, bytes) -> {
            String oid = Sha256.hex(bytes);
            stock.shelf().put("/cdn/" + oid, bytes);
            stock.lfs().add(oid, new Lfs.LfsObject(bytes.length, stock.base() + "/cdn/" + oid));
            // As the real hub does: the plain address only leads on to the bytes.
            stock.shelf()
                    .redirect(
                            "/" + PLACE + "/" + name + "/resolve/" + repository.commit() + "/" + file,
                            stock.base() + "/cdn/" + oid);
            manifest.append(oid)
                    .append(' ')
                    .append(bytes.length)
                    .append(' ')
                    .append(file)
                    .append('\n');
        });
        return Map.of(
                "hub_base", stock.base() + "/" + PLACE,
                "weights_revision", repository.commit(),
                "weights_manifest", manifest.toString());
    }

    /** For each line {@code SHA-256 BYTES FILE} a file of that name, far smaller. */
    private static SortedMap<String, byte[]> weights(Stock stock) {
        SortedMap<String, byte[]> weights = new TreeMap<>();
        for (String line : stock.lines("weights_manifest")) {
            String[] words = line.split(" +", 3);
            byte[] bytes = new byte[(int) Math.max(SMALLEST, Long.parseLong(words[1]) / SHRUNK_BY)];
            new Random(words[2].hashCode()).nextBytes(bytes);
            weights.put(words[2], bytes);
        }
        return weights;
    }
}
