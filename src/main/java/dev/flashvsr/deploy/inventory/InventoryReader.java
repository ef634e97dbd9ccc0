package dev.flashvsr.deploy.inventory;

import dev.flashvsr.deploy.playbook.Names;
import dev.flashvsr.deploy.playbook.Setting;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of an inventory file. */
final class InventoryReader {
    private final Problems problems;

    InventoryReader(Problems problems) {
        this.problems = problems;
    }

    Inventory read(YamlFields fields) {
        if (fields.key("boxes").isEmpty()) {
            problems.add(fields.place().problem("\"boxes\" is missing"));
        }
        Map<String, Target.Remote> boxes = new LinkedHashMap<>();
        for (YamlMap.Entry entry : fields.entries("boxes")) {
            YamlScalar name = entry.key();
            Address.wrongName(name.text()).ifPresent(why -> wrong(name, why));
            YamlFields.of(entry.value(), "the box " + Words.quoted(name.text()), problems)
                    .ifPresent(box -> boxes.put(name.text(), box(name.text(), box)));
        }
        fields.rejectUnknown();
        return new Inventory(boxes);
    }

    private Target.Remote box(String name, YamlFields fields) {
        Optional<YamlScalar> host = fields.required("host");
        host.ifPresent(text -> Address.wrongHost(text.text()).ifPresent(why -> wrong(text, why)));
        Optional<Integer> port = fields.integer("port", 1, Address.MAX_PORT);
        Optional<YamlScalar> user = fields.text("user");
        user.ifPresent(text -> Address.wrongUser(text.text()).ifPresent(why -> wrong(text, why)));
        Optional<YamlScalar> identity = fields.text("identity");
        Optional<Price> price = fields.text("price").flatMap(this::price);
        List<Setting> vars = Setting.of(fields.entries("vars"), fields);
        vars.forEach(setting -> Names.wrongVariable(setting.name())
                .ifPresent(why -> problems.add(
                        setting.problem("the name " + Words.quoted(setting.name()) + " " + why, Optional.empty()))));
        fields.rejectUnknown();
        return new Target.Remote(
                name,
                user.map(YamlScalar::text),
                host.map(YamlScalar::text).orElse(""),
                port.map(OptionalInt::of).orElse(OptionalInt.empty()),
                identity.map(YamlScalar::text),
                price,
                vars,
                true);
    }

    private Optional<Price> price(YamlScalar text) {
        Optional<Price> price = Price.parse(text.text());
        if (price.isEmpty()) {
            problems.add(text.place()
                    .problem(
                            "\"price\" must be an amount, a currency and /h, not " + text.described(),
                            Optional.of("as in \"1.50 USD/h\"")));
        }
        return price;
    }

    private void wrong(YamlScalar text, String why) {
        problems.add(text.place().problem(Words.quoted(text.text()) + " " + why));
    }
}
