package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;

/**
 * A step before its needs are known to hold.
 *
 * @param id as it stands in the file
 * @param needs as they stand in the file; empty: left out
 * @param step complete but for its needs
 */
record StepDraft(YamlScalar id, Optional<List<YamlScalar>> needs, Step step) {
    StepDraft {
        needs = needs.map(List::copyOf);
    }
}
