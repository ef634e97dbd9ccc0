package dev.flashvsr.deploy.inventory;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The boxes that the user wrote down.
 *
 * @param boxes by name, in the order of the file
 */
public record Inventory(Map<String, Target.Remote> boxes) {
    /** No box is written down. */
    public static final Inventory EMPTY = new Inventory(Map.of());

    /** Keeps a copy, in the order given. */
    public Inventory {
        boxes = Collections.unmodifiableMap(new LinkedHashMap<>(boxes));
    }

    /**
     * The inventory in {@code file}, usually {@code env/boxes.yaml}; {@link #EMPTY} if there is no such file.
     *
     * @throws ProblemsException if it does not hold
     * @throws DeployException with {@link ExitCode#USAGE} if it can't be read
     */
    public static Inventory load(Path file) {
        if (Files.notExists(file)) {
            return EMPTY;
        }
        Problems problems = new Problems();
        Optional<Inventory> inventory = YamlDocument.load(file, problems)
                .flatMap(node -> YamlFields.of(node, "an inventory", problems))
                .map(fields -> new InventoryReader(problems).read(fields));
        problems.throwIfAny();
        return inventory.orElse(EMPTY);
    }
}
