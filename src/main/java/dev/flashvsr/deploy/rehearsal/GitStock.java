package dev.flashvsr.deploy.rehearsal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** FlashVSR-like, Block-Sparse-Attention-like and cutlass-like repositories: small, and named as stand-ins. */
final class GitStock {
    /** The directory of these repositories, and the path under which they are served. */
    static final String PLACE = "git";

    private GitStock() {}

    /** Makes the repositories; returns the variables that lead there. */
    static Map<String, String> fill(Stock stock) {
        Path directory = stock.directory().resolve(PLACE);
        GitRepository flashvsr = make(directory, "FlashVSR", Optional.empty());
        GitRepository cutlass = make(directory, "cutlass", Optional.empty());
        GitRepository bsa = make(
                directory,
                "Block-Sparse-Attention",
                Optional.of(new GitRepository.Submodule("csrc/cutlass", cutlass.commit())));
        return Map.of(
                "flashvsr_git", address(stock, flashvsr),
                "flashvsr_commit", flashvsr.commit(),
                "bsa_git", address(stock, bsa),
                "bsa_commit", bsa.commit(),
                "cutlass_git", address(stock, cutlass),
                "cutlass_commit", cutlass.commit());
    }

    private static GitRepository make(Path directory, String name, Optional<GitRepository.Submodule> submodule) {
        return GitRepository.make(directory, name + ".git", Resources.tree("repositories/" + name), submodule);
    }

    private static String address(Stock stock, GitRepository repository) {
        return stock.base() + "/" + PLACE + "/" + repository.name();
    }
}
