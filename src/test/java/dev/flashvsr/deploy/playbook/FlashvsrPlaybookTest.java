package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The playbook that is shipped, and its pins. */
class FlashvsrPlaybookTest {
    private static final String SHA256 = "[0-9a-f]{64}";

    private final Playbook playbook = PlaybookLoader.load(Path.of("playbooks/flashvsr"));
    private final Map<String, String> pins = pins("flashvsr");

    @Test
    void pinsOnlyWhatThePlaybookKnows() {
        assertThat(playbook.variables().keySet()).containsAll(pins.keySet());
    }

    @Test
    void everyEmptyVariableIsPinnedButTheIndexAddress() {
        assertThat(playbook.variables().entrySet().stream()
                        .filter(variable -> variable.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .allSatisfy(name -> assertThat(pins.containsKey(name) || name.equals("pypi_index"))
                        .as(name)
                        .isTrue());
    }

    @Test
    void everyVariableBelongsToAStep() {
        Set<String> used = playbook.steps().stream()
                .flatMap(step -> step.inputs().stream())
                .collect(Collectors.toSet());
        assertThat(playbook.variables().keySet()).isSubsetOf(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flashvsr", "flashvsr-cu124"})
    void commitsAreFullAndHashesAreWhole(String environment) {
        Map<String, String> pins = pins(environment);
        assertThat(pins.get("miniforge_sha256")).matches(SHA256);
        for (String commit : List.of("flashvsr_commit", "bsa_commit", "cutlass_commit", "weights_revision")) {
            assertThat(pins.get(commit)).as(commit).matches("[0-9a-f]{40}");
        }
        assertLines(pins, "python_packages", SHA256 + " (linux-64|noarch)/\\S+\\.(conda|tar\\.bz2)");
        assertLines(pins, "tools_packages", SHA256 + " (linux-64|noarch)/\\S+\\.(conda|tar\\.bz2)");
        assertLines(pins, "cuda_packages", SHA256 + " (linux-64|noarch)/\\S+\\.(conda|tar\\.bz2)");
        assertLines(pins, "torch_wheels", "(" + SHA256 + "|-) \\S+\\.whl");
        assertLines(pins, "torch_requirements", "\\S+==\\S+ --hash=sha256:" + SHA256);
        assertLines(pins, "flashvsr_requirements", "\\S+==\\S+ --hash=sha256:" + SHA256);
        assertLines(pins, "weights_manifest", SHA256 + " \\d+ \\S+");
    }

    @Test
    void theEnvironmentOfUpstreamsPyTorchHasItsWheelsUnderItsAddress() {
        Map<String, String> other = pins("flashvsr-cu124");
        assertThat(other.keySet())
                .containsAll(pins.keySet())
                .isSubsetOf(playbook.variables().keySet());
        assertThat(other.get("torch_wheels"))
                .contains(" torch-" + other.get("torch_version") + "-cp311-")
                .doesNotContain("cu121");
        assertThat(other.get("pytorch_wheel_base")).endsWith("/cu124");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flashvsr", "flashvsr-cu124"})
    void noPackageIsPinnedTwice(String environment) {
        Map<String, String> pins = pins(environment);
        List<String> names = List.of("torch_requirements", "flashvsr_requirements").stream()
                .flatMap(list -> pins.get(list).lines())
                .map(line -> line.replaceFirst("==.*", "").replace('_', '-'))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void theWeightsComeWhileTheKernelsAreCompiled() {
        assertThat(allNeeds("weights")).doesNotContain("block-sparse-attention", "pytorch");
        assertThat(allNeeds("block-sparse-attention")).doesNotContain("weights");
    }

    @Test
    void oneStepVerifiesAndNeedsAllOthers() {
        List<String> verifying =
                playbook.steps().stream().filter(Step::verify).map(Step::id).toList();
        assertThat(verifying).containsExactly("smoke");
        assertThat(allNeeds("smoke")).hasSize(playbook.steps().size() - 1);
    }

    @Test
    void stepsThatWriteIntoOnePlaceShareALock() {
        Map<String, List<String>> locks = playbook.steps().stream().collect(Collectors.toMap(Step::id, Step::locks));
        assertThat(locks.get("python")).contains("env", "conda");
        assertThat(locks.get("cuda-compiler")).contains("conda");
        assertThat(List.of("pytorch", "flashvsr-requirements", "block-sparse-attention"))
                .allSatisfy(id -> assertThat(locks.get(id)).contains("env"));
    }

    private static Map<String, String> pins(String environment) {
        return EnvFile.load(Path.of("env/" + environment + ".yaml")).stream()
                .collect(Collectors.toMap(Setting::name, Setting::value));
    }

    private static void assertLines(Map<String, String> pins, String name, String pattern) {
        assertThat(pins.get(name).strip().lines()).as(name).isNotEmpty().allMatch(line -> line.matches(pattern));
    }

    private Set<String> allNeeds(String id) {
        Map<String, Step> steps = playbook.steps().stream().collect(Collectors.toMap(Step::id, Function.identity()));
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            for (String need : steps.get(open.pop()).needs()) {
                if (found.add(need)) {
                    open.push(need);
                }
            }
        }
        return found;
    }
}
