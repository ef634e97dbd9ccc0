package dev.flashvsr.deploy.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.flashvsr.deploy.playbook.Setting;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One inventory for each thing that can be wrong, {@code NAME.yaml}, with the exact message in {@code NAME.txt}. */
class InventoryTest {
    private static final Path ERRORS = Path.of("src/test/resources/dev/flashvsr/deploy/inventory/errors");

    @TempDir
    Path scratch;

    @Test
    void aFileThatIsNotThereIsAnEmptyInventory() {
        assertThat(Inventory.load(scratch.resolve("boxes.yaml"))).isEqualTo(Inventory.EMPTY);
    }

    @Test
    void readsEveryKeyOfABox() throws IOException {
        Inventory inventory = load("""
                boxes:
                  a1: {host: 203.0.113.7, port: 40022, user: root, identity: ~/.ssh/a1, price: "1.50 USD/h", vars: {root: /data}}
                  b.2: {host: "2001:db8::7"}
                """);

        Target.Remote a1 = (Target.Remote) Target.parse("a1", inventory);
        assertThat(a1.host()).isEqualTo("203.0.113.7");
        assertThat(a1.port()).hasValue(40022);
        assertThat(a1.user()).contains("root");
        assertThat(a1.identity()).contains("~/.ssh/a1");
        assertThat(a1.price()).isEqualTo(Price.parse("1.50 USD/h"));
        assertThat(a1.vars()).extracting(Setting::name, Setting::value).containsExactly(tuple("root", "/data"));
        assertThat(a1.fromInventory()).isTrue();
        assertThat(inventory.boxes().get("b.2"))
                .isEqualTo(new Target.Remote(
                        "b.2",
                        Optional.empty(),
                        "2001:db8::7",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        true));
    }

    @Test
    void anInventoryWithoutBoxesIsEmpty() throws IOException {
        assertThat(load("boxes: {}\n")).isEqualTo(Inventory.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("inventories")
    void saysWhatIsWrongAndWhere(String name) throws IOException {
        ProblemsException refused =
                catchThrowableOfType(ProblemsException.class, () -> Inventory.load(ERRORS.resolve(name + ".yaml")));

        assertThat(refused).as(name + " is refused").isNotNull();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.getMessage().replace(ERRORS + "/", "") + "\n")
                .isEqualTo(Files.readString(ERRORS.resolve(name + ".txt")));
    }

    static List<String> inventories() throws IOException {
        try (Stream<Path> files = Files.list(ERRORS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    private Inventory load(String text) throws IOException {
        return Inventory.load(Files.writeString(scratch.resolve("boxes.yaml"), text));
    }
}
