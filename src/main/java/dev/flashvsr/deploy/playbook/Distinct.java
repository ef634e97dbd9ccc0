package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists in which nothing may come twice. */
final class Distinct {
    private Distinct() {}

    /** The texts in their order, and a problem for each that came before. */
    static List<String> texts(List<YamlScalar> items, Problems problems) {
        Set<String> seen = new LinkedHashSet<>();
        for (YamlScalar item : items) {
            if (!seen.add(item.text())) {
                problems.add(item.place().problem(Words.quoted(item.text()) + " is here a second time"));
            }
        }
        return new ArrayList<>(seen);
    }
}
