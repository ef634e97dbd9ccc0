package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.hash.Sha256;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltForTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void saysWhatTheFileIsAndWhatItWasBuiltFor() {
        String text = HASH + " *some-1.0-cp311-linux_x86_64.whl\ncommit 1\ntorch 2.5.1+cu121\n";

        assertThat(BuiltFor.parse(text.getBytes(UTF_8)))
                .contains(new BuiltFor(
                        HASH,
                        "some-1.0-cp311-linux_x86_64.whl",
                        Sha256.hex("commit 1\ntorch 2.5.1+cu121".getBytes(UTF_8)),
                        "commit 1\ntorch 2.5.1+cu121"));
    }

    @Test
    void whatItWasBuiltForIsHeldAgainstTheVariablesOfThisSide() {
        BuiltFor says = BuiltFor.parse(
                        (HASH + " *a.whl\ncommit aa\ncutlass bb\ntorch 2.5.1\ncuda 12.4\n").getBytes(UTF_8))
                .orElseThrow();

        assertThat(says.contradiction(Map.of("bsa_commit", "aa", "cutlass_commit", "bb", "torch_version", "2.5.1")))
                .isEmpty();
        assertThat(says.contradiction(Map.of("bsa_commit", "cc", "cutlass_commit", "bb")))
                .contains("commit aa");
        assertThat(says.contradiction(Map.of("cutlass_commit", "bc"))).contains("commit aa");
        assertThat(says.contradiction(Map.of("torch_version", "2.6.0"))).contains("torch 2.5.1");
        assertThat(says.contradiction(Map.of("cuda", "12.8")))
                .as("a fact of the box")
                .isEmpty();
        assertThat(says.contradiction(Map.of())).as("nothing is stated").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HASH *a.whl\n",
                "HASH *a.whl",
                "HASH *../a.whl\nx\n",
                "HASH */etc/passwd\nx\n",
                "HASH *.hidden\nx\n",
                "HASH *-rf\nx\n",
                "HASH *built-for\nx\n",
                "HASH *a b.whl\nx\n",
                "HASH a.whl\nx\n",
                "0123 *a.whl\nx\n",
                "\\HASH *a\\nb.whl\nx\n"
            })
    void whatDoesNotHoldIsNothing(String text) {
        assertThat(BuiltFor.parse(text.replace("HASH", HASH).getBytes(UTF_8))).isEmpty();
    }

    @Test
    @Timeout(2)
    void lineEndsWithoutNumberCostNoTime() {
        String text = HASH + " *a.whl\nc" + "\n".repeat(BuiltFor.MAX_SIZE - 100) + "b";
        assertThat(BuiltFor.parse(text.getBytes(UTF_8))).isPresent();
        assertThat(BuiltFor.parse((HASH + " *a.whl\n" + "\n".repeat(BuiltFor.MAX_SIZE - 100)).getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void neitherIsWhatIsNoTextOrHasNoEnd() {
        assertThat(BuiltFor.parse((HASH + " *a.whl\n\u00ff\n").getBytes(ISO_8859_1)))
                .isEmpty();
        assertThat(BuiltFor.parse((HASH + " *a.whl\n" + "x".repeat(BuiltFor.MAX_SIZE)).getBytes(UTF_8)))
                .isEmpty();
    }
}
