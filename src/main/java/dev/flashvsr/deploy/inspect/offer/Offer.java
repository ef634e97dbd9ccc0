package dev.flashvsr.deploy.inspect.offer;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one provider offers.
 *
 * @param name what the user calls it
 * @param tariff prices of the machine
 * @param storage prices of the disk
 * @param traffic prices of traffic
 * @param billedStopped what is charged while the machine is stopped; empty where that is not known
 * @param gpu the card
 * @param deployTime what a deploy took there, where it was measured
 * @param inspected the report of an inspection, where there is one; relative to the offer's own file
 * @param answers by the ids of requirements
 */
public record Offer(
        String name,
        Tariff tariff,
        Storage storage,
        Traffic traffic,
        Optional<List<Billed>> billedStopped,
        Gpu gpu,
        Optional<Duration> deployTime,
        Optional<Path> inspected,
        Map<String, Answer> answers) {
    /** Keeps copies. */
    public Offer {
        billedStopped = billedStopped.map(List::copyOf);
        answers = Map.copyOf(new LinkedHashMap<>(answers));
    }

    /** What may be charged while a machine is stopped. */
    public enum Billed {
        /** Nothing at all. */
        NOTHING,
        /** The disk. */
        STORAGE,
        /** A public address. */
        ADDRESS,
        /** The machine as if it ran. */
        MACHINE
    }

    /**
     * Prices of the storage, in the tariff's currency.
     *
     * @param includedGb what the price of the machine holds already
     * @param gbMonth of one GB for a month while the machine runs
     * @param gbMonthStopped the same while it is stopped
     */
    public record Storage(
            Optional<BigDecimal> includedGb, Optional<BigDecimal> gbMonth, Optional<BigDecimal> gbMonthStopped) {}

    /**
     * Prices of traffic, in the tariff's currency.
     *
     * @param includedGb a month; none where it is not known
     * @param unlimited whether it is never charged
     * @param gb of one GB more
     */
    public record Traffic(Optional<BigDecimal> includedGb, boolean unlimited, Optional<BigDecimal> gb) {}

    /**
     * The cards of the machine.
     *
     * @param name as the provider calls it
     * @param count of cards
     * @param framesPerSecond measured there: FlashVSR's output of 768x1408 on one card
     */
    public record Gpu(String name, int count, Optional<BigDecimal> framesPerSecond) {}
}
