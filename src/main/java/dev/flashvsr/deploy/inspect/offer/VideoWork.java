package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long an hour of video takes: frames · (width · height) / (reference width · height) / frames a second of the
 * reference, by the number of cards. The size is that of the result: 1920x1080, 30 frames a second.
 *
 * @param time of one hour of video; the model alone, without reading, writing and moving it
 * @param framesPerSecond of the reference size on one card
 * @param measured whether that was measured on this machine; else it is what FlashVSR's authors state for an A100
 */
public record VideoWork(Duration time, BigDecimal framesPerSecond, boolean measured) {
    /** Pixels of the result's width and height. */
    public static final int WIDTH = 1920;

    /** See {@link #WIDTH}. */
    public static final int HEIGHT = 1080;

    /** Frames a second of the video. */
    public static final int RATE = 30;

    private static final Pattern LIKE_THE_REFERENCE = Pattern.compile("(?i).*\\bA[18]00\\b.*");

    /** On the cards of this offer; empty where the speed of such a card is not known. */
    static Optional<VideoWork> on(Offer.Gpu gpu, Catalogue catalogue) {
        Optional<Requirement> reference = catalogue.find("expected-speed");
        Optional<BigDecimal> expected = reference
                .filter(known -> LIKE_THE_REFERENCE.matcher(gpu.name()).matches())
                .map(known -> BigDecimal.valueOf(known.limit("a100_fps")));
        return gpu.framesPerSecond()
                .or(() -> expected)
                .filter(speed -> speed.signum() > 0)
                .flatMap(speed -> reference.map(known -> {
                    double pixels = (double) WIDTH * HEIGHT / (known.limit("width_px") * known.limit("height_px"));
                    double frames = RATE * (double) Duration.ofHours(1).toSeconds();
                    double seconds = frames * pixels / speed.doubleValue() / gpu.count();
                    return new VideoWork(
                            Duration.ofSeconds(Math.round(seconds)),
                            speed,
                            gpu.framesPerSecond().isPresent());
                }));
    }
}
