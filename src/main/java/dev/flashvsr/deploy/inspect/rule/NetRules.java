package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.ask;
import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.unknown;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.NetSpeed;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The way out: whether what a step fetches can be had, and how fast. Limits: {@code pass_mb_per_s} of each, and
 * {@code weights_bytes} (hugging-face, line-speed).
 */
final class NetRules {
    private static final double MB = 1e6;
    private static final double WEIGHTS = 6_948_393_553.0;
    private static final double BITS = 8;
    private static final Pattern COUNTER =
            Pattern.compile("(?m)^interface\\|[^|\\n]{1,40}\\|([0-9]{1,18})\\|([0-9]{1,18})$");

    private NetRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "github",
                        (requirement, evidence) ->
                                reach(requirement, evidence, "GitHub", "github-refs", "github-archive"),
                "hugging-face", (requirement, evidence) -> reach(requirement, evidence, "Hugging Face", "hub", "hub"),
                "wheel-index", (requirement, evidence) -> reach(requirement, evidence, "PyTorch", "wheels", "wheels"),
                "conda-forge", (requirement, evidence) -> reach(requirement, evidence, "conda-forge", "conda", "conda"),
                "pypi", (requirement, evidence) -> reach(requirement, evidence, "PyPI", "index", "packages"),
                "line-speed", BenchRules.withLine(NetRules::line),
                "traffic", NetRules::traffic);
    }

    /** {@code needed} must be reached; the speed is that of {@code measured}, where enough of it came. */
    private static Judgement reach(
            Requirement requirement, Evidence evidence, String name, String needed, String measured) {
        List<NetSpeed> all = NetSpeed.of(evidence, requirement.probes().toArray(String[]::new));
        Optional<NetSpeed> first = NetSpeed.labelled(all, needed);
        if (first.isEmpty()) {
            return Unread.of(
                    evidence,
                    requirement.probes().isEmpty()
                            ? "net"
                            : requirement.probes().get(0));
        }
        NetSpeed answer = first.get();
        if (answer.how().equals("no-address")) {
            return unknown(
                    "Neither the playbook nor this box itself names an address of " + name + " to try.",
                    "Ни в сценарии, ни на самой машине не задан адрес " + name + " для проверки.");
        }
        if (answer.how().equals("opens-but-no-tool")) {
            return unknown(
                    answer.host() + " answers, but this box has neither curl nor wget nor Python to read from it.",
                    answer.host() + " отвечает, но читать нечем: нет ни curl, ни wget, ни Python.");
        }
        if (!answer.reached()) {
            Wording why = why(answer);
            return fail(
                    name + " can't be reached: " + why.en() + " (" + answer.host()
                            + "). A mirror is a changed variable, a proxy HTTPS_PROXY on the box.",
                    name + ": нет доступа: " + why.ru() + " (" + answer.host()
                            + "). Зеркало задаётся переменной, прокси — HTTPS_PROXY на машине.");
        }
        Optional<NetSpeed> speed = NetSpeed.labelled(all, measured).filter(NetSpeed::measured);
        if (speed.isEmpty()) {
            return pass(name + " is reached.", name + ": доступ есть.");
        }
        return judged(requirement, name, speed.get());
    }

    private static Judgement judged(Requirement requirement, String name, NetSpeed speed) {
        String rate = Amounts.rate(speed.perSecond());
        Double bytes = requirement.limits().get("weights_bytes");
        Wording minutes = bytes == null
                ? Wording.same("")
                : new Wording(
                        ": the weights take "
                                + Amounts.time(bytes / speed.perSecond()).en(),
                        ": веса придут за "
                                + Amounts.time(bytes / speed.perSecond()).ru());
        if (speed.perSecond() < Limits.of(requirement, "pass_mb_per_s", 0) * MB) {
            return warn(
                    name + " is slow: " + rate + " from " + speed.host() + minutes.en()
                            + ". A mirror is a changed variable.",
                    name + " медленно: " + rate + " с " + speed.host() + minutes.ru()
                            + ". Зеркало задаётся переменной.");
        }
        return pass(
                name + ": " + rate + " from " + speed.host() + minutes.en() + ".",
                name + ": " + rate + " с " + speed.host() + minutes.ru() + ".");
    }

    static Wording why(NetSpeed answer) {
        if (answer.code().isPresent() && answer.how().equals("ok")) {
            int code = answer.code().getAsInt();
            return new Wording("it answers HTTP " + code, "ответ HTTP " + code);
        }
        return switch (answer.how()) {
            case "dns" -> new Wording("its name can't be resolved", "имя не разрешается");
            case "refused" -> new Wording("the connection is refused", "в соединении отказано");
            case "timeout" -> new Wording("no answer in time", "нет ответа за отведённое время");
            case "certificate" ->
                new Wording(
                        "its certificate is not accepted; is the clock right?", "сертификат не принят; верны ли часы?");
            case "tls" -> new Wording("no TLS connection comes about", "соединение TLS не устанавливается");
            case "reset" -> new Wording("the connection is cut", "соединение обрывается");
            case "redirects" -> new Wording("it is redirected without end", "бесконечные перенаправления");
            default -> new Wording(answer.how(), answer.how());
        };
    }

    private static Judgement line(Requirement requirement, Evidence evidence) {
        List<NetSpeed> measured = NetSpeed.of(evidence, requirement.probes().toArray(String[]::new)).stream()
                .filter(NetSpeed::measured)
                .sorted(Comparator.comparing(NetSpeed::perSecond))
                .toList();
        if (measured.isEmpty()) {
            return evidence.of("net.hub").filter(output -> !output.timedOut()).isPresent()
                    ? unknown(
                            "Nothing came that was large enough to measure.",
                            "Ничего не удалось скачать в объёме, достаточном для измерения.")
                    : Unread.of(evidence, "net.hub");
        }
        NetSpeed best = measured.get(measured.size() - 1);
        NetSpeed median = measured.get(measured.size() / 2);
        double bytes = Limits.of(requirement, "weights_bytes", WEIGHTS);
        Wording time = Amounts.range(bytes / best.perSecond(), bytes / median.perSecond());
        String mbit = Amounts.number(best.perSecond() * BITS / MB) + " Mbit/s";
        return pass(
                "Down: at best " + mbit + " (" + best.host() + "), median " + Amounts.rate(median.perSecond()) + "; "
                        + Amounts.gb(bytes) + " of weights take " + time.en() + " at that.",
                "К машине: лучшее " + mbit.replace("Mbit/s", "Мбит/с") + " (" + best.host() + "), медиана "
                        + Amounts.rate(median.perSecond()) + "; " + Amounts.gb(bytes) + " весов придут за " + time.ru()
                        + ".");
    }

    private static Judgement traffic(Requirement requirement, Evidence evidence) {
        String text = evidence.of("net.counters").map(Output::text).orElse("");
        double got = 0;
        double sent = 0;
        for (MatchResult counter : COUNTER.matcher(text).results().limit(64).toList()) {
            got = Math.max(got, Double.parseDouble(counter.group(1)));
            sent = Math.max(sent, Double.parseDouble(counter.group(2)));
        }
        return got == 0
                ? ask("No probe can tell.", "Пробами это не узнать.")
                : ask(
                        "Since it came up this box has received " + Amounts.gb(got) + " and sent " + Amounts.gb(sent)
                                + ".",
                        "С момента включения получено " + Amounts.gb(got) + ", отдано " + Amounts.gb(sent) + ".");
    }
}
