package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.Price;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inventory.Inventory;
import dev.flashvsr.deploy.inventory.Target;
import dev.flashvsr.deploy.playbook.EnvFile;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Setting;
import dev.flashvsr.deploy.playbook.Variables;
import dev.flashvsr.deploy.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the user wrote, read and checked before any box is touched.
 *
 * @param values every variable's value; {@code root} only where it is given
 * @param target empty: none was named
 * @param way to the target; empty where it is not to be connected to
 */
record Work(Playbook playbook, Map<String, String> values, Optional<Target> target, Optional<Dial> way) {
    /** Connects to nothing. */
    static Work read(Home home, PlaybookOptions options, Optional<String> targetText) {
        return read(home, options, targetText, (target, known) -> Optional.empty());
    }

    /** Prepares to connect while it reads, and begins to when all holds. */
    static Work read(Home home, PlaybookOptions options, Optional<String> targetText, TargetOptions connection) {
        return read(home, options, targetText, (target, known) -> Optional.of(Way.to(target, known, connection)));
    }

    private static Work read(
            Home home,
            PlaybookOptions options,
            Optional<String> targetText,
            BiFunction<Target, Inventory, Optional<Dial>> toward) {
        Inventory known = targetText.isPresent() ? Inventory.load(home.inventory()) : Inventory.EMPTY;
        Optional<Target> target = targetText.map(text -> Target.parse(text, known));
        Optional<Dial> way = target.flatMap(named -> toward.apply(named, known));
        Playbook playbook = PlaybookLoader.load(home.playbook(options.playbook), Catalogue::ids);
        List<Setting> environment = EnvFile.find(options.env, playbook.name(), home.places())
                .map(EnvFile::load)
                .orElse(List.of());
        List<Setting> inventory = target.filter(Target.Remote.class::isInstance)
                .map(remote -> ((Target.Remote) remote).vars())
                .orElse(List.of());
        Problems problems = new Problems();
        List<Setting> commandLine = options.set.stream()
                .flatMap(option -> Setting.parse(option, problems).stream())
                .toList();
        problems.throwIfAny();
        Work work = new Work(playbook, Variables.resolve(playbook, environment, inventory, commandLine), target, way);
        way.ifPresent(Way::begin);
        return work;
    }

    /** The same with these values over its own. */
    Work with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others);
        return new Work(playbook, all, target, way);
    }

    /** What an hour of the box costs, where the inventory says. */
    Optional<Price> price() {
        return target.filter(Target.Remote.class::isInstance)
                .flatMap(remote -> ((Target.Remote) remote).price())
                .map(price -> new Price(price.amount().doubleValue(), price.currency()));
    }
}
