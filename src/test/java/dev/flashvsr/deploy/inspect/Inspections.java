package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Part;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Way;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Made-up inspections for the tests of views: a small document with every verdict, severity and nesting. */
public final class Inspections {
    /** Text that would do harm wherever it was taken for more than text. */
    public static final String HOSTILE =
            "</details></li><script>alert(1)</script> **bold** `code` [a](http://x.example) ```\n# head\n- [x] box\n"
                    + "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u202eleft\u202c \u0000\u0085 &amp; <img src=x onerror=y> | ~~~ _x_\r"
                    + "<!-- </pre> ]]> \ud800 \uffff";

    private static final Output LIST = Output.of(
            "smi -L", 0, "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-0e15)\n  MIG 3g.40gb Device 0: (UUID: MIG-52a4)\n");

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final List<Requirement> open = new ArrayList<>();
    private int line = 10;

    private Inspections() {}

    /** One with every verdict. */
    public static Inspection example() {
        Inspections of = new Inspections();
        of.add(
                "gpu-isolated",
                "1.1-2",
                Severity.MANDATORY,
                "If a cloud server, is the **GPU fully isolated** for me alone?",
                "Если облачный, гарантируется ли **полная изоляция GPU** только для меня?");
        of.found(
                Verdict.FAIL,
                "MIG is on: this is the slice 3g.40gb of an A100, not the card.",
                "Включён MIG: это доля 3g.40gb карты A100, а не вся карта.",
                LIST);
        of.ask(
                "time-limit",
                "1.1-4",
                Severity.INFORMATIONAL,
                "Are there any limits on the time of use?",
                "Есть ли ограничения по времени использования GPU?");
        of.part(
                "1. Server and isolation",
                "1. Тип сервера и изоляция GPU",
                "1.1. Kind of server",
                "1.1. Тип предоставляемого сервера");
        of.add("os-version", "S2.1-2", Severity.MANDATORY, "Which version of Ubuntu?", "Какая версия Ubuntu?");
        of.found(
                Verdict.PASS,
                "Ubuntu 22.04.4 LTS.",
                "Ubuntu 22.04.4 LTS.",
                Output.of("cat /etc/os-release", 0, "PRETTY_NAME=\"Ubuntu 22.04.4 LTS\"\n"));
        of.add(
                "image-versions",
                "S2.1.1-2",
                Severity.INFORMATIONAL,
                "Which versions does the image bring?",
                "Какие версии ПО предустановлены?");
        of.found(
                Verdict.UNKNOWN,
                "The list of packages could not be read.",
                "Список пакетов прочитать не удалось.",
                new Output("dpkg-query -W", OptionalInt.empty(), true, ""));
        of.nested(
                "python-311",
                "S2.1.1-2a",
                Severity.MANDATORY,
                "Version of Python? (needed: **3.11.13**)",
                "Версия Python? (нужна **3.11.13**)");
        of.cured(
                "There is Python 3.10.12; 3.11.13 goes into an environment of its own.",
                "Есть Python 3.10.12; 3.11.13 ставится в своё окружение.",
                List.of("conda", "python"),
                Output.of("python3 --version", 0, "Python 3.10.12\n"));
        of.nested(
                "compilers-in-image",
                "S2.1.1-2e",
                Severity.DESIRABLE,
                "Are compilers installed (gcc, g++, CMake, Ninja)?",
                "Установлены ли компиляторы (gcc, g++, CMake, Ninja)?");
        of.found(
                Verdict.WARN,
                "gcc 13.3 is newer than CUDA 12.1 takes.",
                "gcc 13.3 новее, чем принимает CUDA 12.1.",
                Output.of("gcc --version", 0, "gcc 13.3.0\n"),
                Output.of("ninja --version", 127, "ninja: command not found\n"));
        of.part(
                "2. System and software",
                "2. Системное окружение и ПО",
                "2.1. Operating system",
                "2.1. Операционная система");
        of.add(
                "isolation",
                "M-1",
                Severity.MANDATORY,
                "**GPU fully isolated**: all of its power is mine alone",
                "**Полная изоляция GPU** — вся мощность GPU закреплена только за мной (не shared)");
        of.from(List.of("gpu-isolated"));
        of.found(Verdict.FAIL, "See 1.1-2.", "См. 1.1-2.", LIST);
        of.add(
                "python",
                "M-5",
                Severity.MANDATORY,
                "Python 3.11.13, or it can be installed",
                "Python 3.11.13 или возможность установки");
        of.from(List.of("python-311"));
        of.cured("See S2.1.1-2a.", "См. S2.1.1-2a.", List.of("conda", "python"));
        of.part("Critical requirements", "Чек-лист критичных требований", "**Mandatory:**", "**Обязательно:**");
        of.ask("trial", "D-4", Severity.DESIRABLE, "A trial may be had", "Возможность тестового доступа");
        of.part("", "", "**Desirable:**", "**Желательно:**");
        of.line = 0;
        of.add("glibc", "X-1", Severity.MANDATORY, "Is glibc 2.28 or newer there?", "Есть ли glibc 2.28 или новее?");
        of.found(
                Verdict.UNKNOWN,
                "getconf said nothing.",
                "getconf ничего не сказал.",
                Output.of("getconf GNU_LIBC_VERSION", 0, ""));
        of.ask(
                "host-key",
                "X-2",
                Severity.MANDATORY,
                "Do port and host key stay after a stop?",
                "Сохраняются ли порт и ключ хоста после остановки?");
        of.part("What the document forgets", "Чего нет в документе", "System", "Система");
        return of.made(
                "a1",
                List.of(
                        new Wording("Container", "Контейнер"),
                        new Wording(
                                "NVIDIA A100-SXM4-80GB, a slice 3g.40gb of it, driver 550.54.14",
                                "NVIDIA A100-SXM4-80GB, её доля 3g.40gb, драйвер 550.54.14"),
                        new Wording(
                                "Ubuntu 22.04.4 LTS, 16 cores, 64 GiB of memory, 120 GiB free",
                                "Ubuntu 22.04.4 LTS, 16 ядер, 64 ГиБ памяти, свободно 120 ГиБ")),
                Optional.of(new Wording(
                        "The deploy takes about 50 min here: 18 min of them downloads.",
                        "Установка займёт здесь около 50 мин, из них 18 мин — загрузка.")));
    }

    /** One where all that a box can say is hostile. */
    public static Inspection hostile() {
        Inspections of = new Inspections();
        of.add("os-version", "S2.1-2", Severity.MANDATORY, "Which version of Ubuntu?", "Какая версия Ubuntu?");
        of.found(
                Verdict.FAIL,
                HOSTILE,
                HOSTILE,
                Output.of("echo '" + HOSTILE + "'", 1, HOSTILE),
                Output.of("long", 0, "x".repeat(1 << 20)),
                Output.of("many", 0, "line\n".repeat(200_000)));
        of.add("endless", "S2.1-3", Severity.DESIRABLE, "Can an image be brought?", "Можно ли установить свой образ?");
        of.found(Verdict.WARN, "w".repeat(5000), "щ".repeat(5000));
        of.part("2. System", "2. Система", "2.1. System", "2.1. Система");
        return of.made(HOSTILE, List.of(Wording.same(HOSTILE)), Optional.of(Wording.same(HOSTILE)));
    }

    /** One mandatory point with this verdict, besides one that is met. */
    public static Inspection withOne(Verdict verdict) {
        Inspections of = new Inspections();
        of.add("os-version", "S2.1-2", Severity.MANDATORY, "Which version?", "Какая версия?");
        of.found(Verdict.PASS, "Ubuntu.", "Ubuntu.");
        of.add("memory", "7.2-1", Severity.MANDATORY, "How much memory?", "Сколько памяти?");
        of.found(verdict, "Said.", "Сказано.");
        of.part("2. System", "2. Система", "2.1. System", "2.1. Система");
        return of.made("a1", List.of(), Optional.empty());
    }

    private void add(String id, String key, Severity severity, String en, String ru) {
        open.add(requirement(id, key, severity, 0, en, ru, List.of()));
    }

    private void nested(String id, String key, Severity severity, String en, String ru) {
        open.add(requirement(id, key, severity, 1, en, ru, List.of()));
    }

    private void ask(String id, String key, Severity severity, String en, String ru) {
        add(id, key, severity, en, ru);
        found(Verdict.ASK, "Only the provider can tell.", "Это знает только провайдер.");
    }

    private void from(List<String> from) {
        Requirement last = open.remove(open.size() - 1);
        open.add(requirement(
                last.id(),
                last.key(),
                last.severity(),
                0,
                last.text().en(),
                last.text().ru(),
                from));
    }

    private void found(Verdict verdict, String en, String ru, Output... evidence) {
        put(verdict, new Wording(en, ru), List.of(), evidence);
    }

    private void cured(String en, String ru, List<String> steps, Output... evidence) {
        put(Verdict.WARN, new Wording(en, ru), steps, evidence);
    }

    private void put(Verdict verdict, Wording says, List<String> curedBy, Output... evidence) {
        Requirement last = open.get(open.size() - 1);
        findings.put(last.id(), new Finding(last, verdict, says, curedBy, List.of(evidence)));
    }

    private void part(String en, String ru, String titleEn, String titleRu) {
        parts.add(new Part(
                en.isEmpty() ? Optional.empty() : Optional.of(new Wording(en, ru)),
                new Wording(titleEn, titleRu),
                open));
        open.clear();
    }

    private Inspection made(String subject, List<Wording> summary, Optional<Wording> outlook) {
        return new Inspection(subject, Instant.parse("2026-11-24T19:48:30Z"), summary, parts, findings, outlook);
    }

    private Requirement requirement(
            String id, String key, Severity severity, int depth, String en, String ru, List<String> from) {
        boolean asks = key.startsWith("D") || id.equals("time-limit") || id.equals("host-key");
        return new Requirement(
                id,
                key,
                line == 0 ? OptionalInt.empty() : OptionalInt.of(line++),
                depth,
                new Wording(en, ru),
                severity,
                asks ? Way.QUESTION : Way.PROBE,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                asks
                        ? Optional.empty()
                        : Optional.of(
                                new Wording("In a container this is the image's.", "В контейнере это версия образа.")),
                asks ? Optional.of(new Wording("Is there a limit? <b>", "Есть ли предел? <b>")) : Optional.empty(),
                asks ? Optional.of(new Wording("a number", "число")) : Optional.empty(),
                from);
    }
}
