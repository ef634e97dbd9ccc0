package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.facts.CudaBanner;
import dev.flashvsr.deploy.inspect.facts.DriverApi;
import dev.flashvsr.deploy.inspect.facts.Poison;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.Optional;

/** Whether CUDA starts, which nvidia-smi says nothing of: it works without the library that CUDA programs load. */
final class CudaRules {
    private static final String CAPABILITIES = "NVIDIA_DRIVER_CAPABILITIES";
    private static final int LINKS_NOT_READY = 802;

    private CudaRules() {}

    /** By the library itself, else by what nvidia-smi found of it; empty where nothing was said of it. */
    static Optional<Judgement> starts(Evidence evidence) {
        return missing(evidence)
                .or(() -> DriverApi.of(evidence)
                        .filter(api -> api.init().isPresent())
                        .map(CudaRules::began))
                .or(() -> evidence.of("gpu.driverapi").map(CudaRules::unread));
    }

    /** That the library is missing, where it is: by the search for it, else by what nvidia-smi shows in place of a version. */
    static Optional<Judgement> missing(Evidence evidence) {
        Optional<DriverApi> api = DriverApi.of(evidence);
        boolean missing = api.isPresent()
                ? api.get().isMissing()
                : CudaBanner.of(evidence).filter(CudaBanner::isMissing).isPresent();
        return missing ? Optional.of(withoutLibrary(evidence)) : Optional.empty();
    }

    private static Judgement began(DriverApi api) {
        int status = api.init().orElseThrow();
        if (status == LINKS_NOT_READY) {
            return Judgement.fail(
                    "CUDA does not start (802): the service that links the cards (fabric manager) is not running.",
                    "CUDA не запускается (802): не работает служба связи карт (fabric manager).");
        }
        if (status != 0) {
            return Judgement.fail(
                    "nvidia-smi works, but CUDA does not start: cuInit returned " + status + ".",
                    "nvidia-smi работает, но CUDA не запускается: cuInit вернул " + status + ".");
        }
        if (api.count().isEmpty() && api.cards().isEmpty()) {
            return Judgement.unknown(
                    "nvidia-smi answers and CUDA starts; how many cards CUDA sees was not read.",
                    "nvidia-smi отвечает, CUDA запускается; сколько карт видит CUDA, не прочитано.");
        }
        return api.count().orElse(api.cards().size()) == 0
                ? Judgement.fail(
                        "CUDA starts, but sees no card: is CUDA_VISIBLE_DEVICES set to none of them?",
                        "CUDA запускается, но не видит ни одной карты: не скрывает ли их CUDA_VISIBLE_DEVICES?")
                : Judgement.pass("nvidia-smi and CUDA answer.", "nvidia-smi и CUDA отвечают.");
    }

    /** The library is a matter of what the container was started with, or of a package of the driver. */
    private static Judgement withoutLibrary(Evidence evidence) {
        String set = Poison.of(evidence)
                .map(found -> found.variables().getOrDefault(CAPABILITIES, ""))
                .filter(value -> !value.isEmpty())
                .map(value -> " " + CAPABILITIES + "=" + value + ".")
                .orElse("");
        return Judgement.fail(
                "nvidia-smi works, but libcuda.so.1, the library that every CUDA program loads, is missing." + set
                        + " A container needs the driver capability \"compute\": have it started with " + CAPABILITIES
                        + "=compute,utility. A machine without containers needs the driver's compute package"
                        + " (libnvidia-compute).",
                "nvidia-smi работает, но нет libcuda.so.1 — библиотеки, которую загружает любая программа CUDA." + set
                        + " Контейнеру нужна возможность драйвера \"compute\": запустите его с " + CAPABILITIES
                        + "=compute,utility. Машине без контейнеров нужен вычислительный пакет драйвера"
                        + " (libnvidia-compute).");
    }

    /** Without python3 the library can't be asked; that it is there is seen all the same. */
    private static Judgement unread(Output output) {
        if (output.timedOut()) {
            return Judgement.fail(
                    "nvidia-smi answers, but CUDA did not within half a minute: the driver hangs, and only a restart by"
                            + " the provider helps.",
                    "nvidia-smi отвечает, а CUDA за полминуты — нет: драйвер завис, поможет только перезапуск"
                            + " провайдером.");
        }
        return output.text().contains("no python3")
                ? Judgement.pass(
                        "nvidia-smi answers; whether CUDA starts was not tried (there is no python3).",
                        "nvidia-smi отвечает; запускается ли CUDA, не проверялось (нет python3).")
                : Judgement.unknown(
                        "nvidia-smi answers; what CUDA's library said can't be read.",
                        "nvidia-smi отвечает; ответ библиотеки CUDA прочитать не удалось.");
    }
}
