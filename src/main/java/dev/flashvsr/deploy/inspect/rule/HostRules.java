package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.ask;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.DiskKind;
import dev.flashvsr.deploy.inspect.facts.Privilege;
import dev.flashvsr.deploy.inspect.facts.Virtualization;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of box this is and what its provider does with it: mostly hints beside a question. No limits. */
final class HostRules {
    private static final Pattern MODE = Pattern.compile("<virtualization_mode>\\s*([\\w -]{1,40})\\s*<");
    private static final Pattern NUMBER = Pattern.compile("(?m)^uptime=([0-9]{1,10})$");
    private static final Pattern ZONE = Pattern.compile("(?m)^(zone|timezone)=([\\w./+-]{1,60})$");
    private static final double DAY = 86_400;

    private HostRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "server-kind", HostRules::kind,
                "time-limit", HostRules::timeLimit,
                "location", HostRules::location,
                "encryption", HostRules::encryption,
                "restrictions", HostRules::restrictions);
    }

    /** Nothing seen is bare metal or a hypervisor that hides: never "dedicated" by that alone. */
    private static Judgement kind(Requirement requirement, Evidence evidence) {
        Optional<Virtualization> found = Virtualization.of(evidence);
        if (found.isEmpty()) {
            return Unread.of(evidence, "os.virt");
        }
        Virtualization host = found.get();
        String mode = evidence.of("gpu.xml")
                .map(Output::text)
                .map(MODE::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1).strip())
                .orElse("");
        if (mode.equalsIgnoreCase("VGPU")) {
            return warn(
                    "A virtual machine with a vGPU: the card is divided by software.",
                    "Виртуальная машина с vGPU: карта разделена программно.");
        }
        if (host.container().isPresent()) {
            Wording below = host.vm()
                    .map(vm -> new Wording(" in a virtual machine (" + vm + ")", " в виртуальной машине (" + vm + ")"))
                    .orElse(new Wording("; what lies below it can't be seen", "; что под ним, не видно"));
            String by = host.provider().map(name -> ", " + name).orElse("");
            return pass(
                    "A container (" + host.container().get() + by + ")" + below.en() + ".",
                    "Контейнер (" + host.container().get() + by + ")" + below.ru() + ".");
        }
        if (host.vm().isPresent()) {
            boolean through = mode.equalsIgnoreCase("Pass-Through");
            return pass(
                    "A virtual machine (" + host.vm().get() + ")"
                            + (through ? " that the whole card is passed through to." : "."),
                    "Виртуальная машина (" + host.vm().get() + ")" + (through ? " с пробросом целой карты." : "."));
        }
        return ask(
                "No sign of a hypervisor or a container: bare metal, or one that hides.",
                "Признаков гипервизора или контейнера нет: это железо либо скрытый гипервизор.");
    }

    private static Judgement timeLimit(Requirement requirement, Evidence evidence) {
        Optional<String> provider = Virtualization.of(evidence).flatMap(Virtualization::provider);
        if (provider.isPresent()) {
            return ask(
                    "A box of " + provider.get() + ": one rented as interruptible may be taken away at any time.",
                    "Машина " + provider.get() + ": взятую как прерываемую могут забрать в любой момент.");
        }
        return evidence.text("os.uptime")
                .map(NUMBER::matcher)
                .filter(Matcher::find)
                .map(line -> Amounts.number(Long.parseLong(line.group(1)) / DAY))
                .map(days -> ask("It has been up for " + days + " days.", "Работает без остановки " + days + " дн."))
                .orElseGet(() -> ask("No probe can tell.", "Пробами это не узнать."));
    }

    private static Judgement location(Requirement requirement, Evidence evidence) {
        String text = evidence.of("net.place").map(Output::text).orElse("");
        Matcher lines = ZONE.matcher(text);
        StringBuilder en = new StringBuilder();
        StringBuilder ru = new StringBuilder();
        while (lines.find() && en.length() < 200) {
            boolean zone = lines.group(1).equals("zone");
            en.append(zone ? "Its own metadata say zone " : "Its time zone is ")
                    .append(lines.group(2))
                    .append(". ");
            ru.append(zone ? "Метаданные называют зону " : "Часовой пояс — ")
                    .append(lines.group(2))
                    .append(". ");
        }
        return ask(
                en
                        + (en.isEmpty()
                                ? "What is seen from inside is no evidence of a country."
                                : "That is no evidence of a country."),
                ru + (ru.isEmpty() ? "Видимое изнутри не доказывает страну." : "Это не доказательство страны."));
    }

    private static Judgement encryption(Requirement requirement, Evidence evidence) {
        List<String> encrypted = DiskKind.of(evidence).stream()
                .filter(disk -> disk.type().equals("crypt"))
                .map(DiskKind::name)
                .toList();
        return encrypted.isEmpty()
                ? ask(
                        "No encrypted disk is seen from inside; the host may encrypt below it.",
                        "Изнутри шифрованных дисков не видно; хост может шифровать ниже.")
                : ask(
                        "Encrypted here: " + String.join(", ", encrypted)
                                + ". Who holds the key is for the provider to say.",
                        "Зашифровано: " + String.join(", ", encrypted) + ". У кого ключ, скажет провайдер.");
    }

    private static Judgement restrictions(Requirement requirement, Evidence evidence) {
        Optional<Privilege> found = Privilege.of(evidence);
        if (found.isEmpty()) {
            return Unread.of(evidence, "user.id");
        }
        if (found.get().known() && !found.get().mayInstall()) {
            return warn(
                    "Neither root nor sudo without a password: packages of the system can't be installed.",
                    "Нет ни root, ни sudo без пароля: системные пакеты не поставить.");
        }
        if (found.get().systemAdmin().isEmpty()) {
            return ask(
                    "Whether the kernel's rights are restricted was not read.",
                    "Ограничены ли права ядра, не прочитано.");
        }
        return found.get().systemAdmin().get()
                ? ask("No technical restriction is seen.", "Технических ограничений не видно.")
                : ask(
                        "Root without the kernel's rights (a container): no docker, mounts or kernel modules.",
                        "Root без прав ядра (контейнер): без docker, монтирования и модулей ядра.");
    }
}
