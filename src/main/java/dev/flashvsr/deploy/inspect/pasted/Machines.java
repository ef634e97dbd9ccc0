package dev.flashvsr.deploy.inspect.pasted;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Outputs by the machine that printed them: told apart by prompts and headings, and by what two outputs of one kind contradict in. */
final class Machines {
    private static final Set<Kind> CARD = EnumSet.of(Kind.XML, Kind.LOG, Kind.TABLE, Kind.LIST, Kind.CSV);
    private static final Set<Kind> OF_CARD = EnumSet.of(Kind.MESSAGE, Kind.NO_TOOL, Kind.XID);

    /** Beyond so many nothing is told apart any more. */
    private static final int MOST = 64;

    private final List<Machine> all = new ArrayList<>();

    private Machines() {}

    /** One of them, with all that is known to be its own. */
    static final class Machine {
        private Optional<String> host;
        private final List<Block> blocks = new ArrayList<>();
        private final Map<String, String> signs = new TreeMap<>();

        private Machine(Optional<String> host) {
            this.host = host;
        }

        List<Block> blocks() {
            return blocks;
        }

        private boolean isContradictedBy(Map<String, String> other, boolean named) {
            return other.entrySet().stream().anyMatch(sign -> {
                String known = signs.get(sign.getKey());
                return known != null && Signs.contradict(sign.getKey(), known, sign.getValue(), named);
            });
        }

        private void add(Block block, Map<String, String> its) {
            blocks.add(block);
            its.forEach(signs::putIfAbsent);
        }
    }

    static Machines of(List<Block> blocks) {
        Machines machines = new Machines();
        blocks.forEach(machines::add);
        return machines;
    }

    private void add(Block block) {
        Map<String, String> signs = Signs.of(block);
        Machine last = all.isEmpty() ? null : all.get(all.size() - 1);
        Optional<Machine> its = Optional.empty();
        if (block.host().isPresent()) {
            its = all.stream()
                    .filter(one -> one.host.equals(block.host()) && !one.isContradictedBy(signs, true))
                    .findFirst();
            if (its.isEmpty() && last != null && last.host.isEmpty() && !last.isContradictedBy(signs, false)) {
                last.host = block.host();
                its = Optional.of(last);
            }
        } else if (last != null && !last.isContradictedBy(signs, false)) {
            its = Optional.of(last);
        }
        if (its.isEmpty() && all.size() >= MOST) {
            return;
        }
        Machine machine = its.orElseGet(() -> {
            Machine made = new Machine(block.host());
            all.add(made);
            return made;
        });
        machine.add(block, signs);
    }

    /** How they are called: by their prompts, else by their numbers. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).host.orElse("");
            names.add(name.isEmpty() || names.contains(name) ? (name + " #" + (i + 1)).strip() : name);
        }
        return names;
    }

    /** Which of them counts: the first that shows a card, else the first that says something of one, else the first. */
    int judged() {
        for (Set<Kind> kinds : List.of(CARD, OF_CARD)) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).blocks.stream().anyMatch(block -> kinds.contains(block.kind()))) {
                    return i;
                }
            }
        }
        return 0;
    }

    Machine get(int index) {
        return all.get(index);
    }

    int count() {
        return all.size();
    }
}
