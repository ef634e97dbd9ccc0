package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of CUDA that nvidia-smi shows, which it asks the library that it finds.
 *
 * @param shown such as 12.4, or the words that stand in place of it
 */
public record CudaBanner(String shown) {
    private static final Pattern BANNER =
            Pattern.compile("CUDA (?:UMD )?Version\\s*: *([0-9]{1,3}\\.[0-9]{1,3}|N/A|ERR!|Not Found|Unknown Error)");
    private static final Pattern ELEMENT = Pattern.compile("<cuda_version>\\s*([^<]{1,30}?)\\s*</cuda_version>");
    private static final int MOST = 20_000;

    /** Empty where none of the outputs shows one. */
    public static Optional<CudaBanner> of(Evidence evidence) {
        return Stream.of("gpu.table", "gpu.text", "gpu.xml")
                .flatMap(id -> evidence.of(id).stream())
                .map(Output::text)
                .map(text -> text.length() > MOST ? text.substring(0, MOST) : text)
                .flatMap(text -> List.of(BANNER, ELEMENT).stream()
                        .map(pattern -> pattern.matcher(text))
                        .filter(Matcher::find)
                        .map(found -> new CudaBanner(found.group(1))))
                .findFirst();
    }

    /** The number, where it is one. */
    public Optional<String> version() {
        return Optional.of(shown).filter(text -> text.matches("[0-9]{1,3}\\.[0-9]{1,3}"));
    }

    /** Whether nvidia-smi says that it finds no library of CUDA's driver. */
    public boolean isMissing() {
        return version().isEmpty();
    }
}
