package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.ask;
import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;
import static dev.flashvsr.deploy.inspect.rule.PythonRules.list;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Conda;
import dev.flashvsr.deploy.inspect.facts.Python;
import dev.flashvsr.deploy.inspect.facts.Toolkit;
import dev.flashvsr.deploy.inspect.facts.Torch;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an image brings along. Limits: {@code exact_version}, {@code also_version} (pytorch). */
final class ImageRules {
    private ImageRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "pytorch", ImageRules::pytorch,
                "ml-image", ImageRules::image,
                "image-versions", ImageRules::versions);
    }

    private static Judgement pytorch(Requirement requirement, Evidence evidence) {
        Optional<List<Torch>> all = Torch.of(evidence);
        if (all.isEmpty()) {
            return Unread.of(evidence, "torch.found");
        }
        Version exact = Limits.version(requirement, "exact_version", 2, 5);
        Version also = Limits.version(requirement, "also_version", 2, 6);
        Optional<Torch> fits = all.get().stream()
                .filter(one -> one.cuda().filter(cuda -> cuda.major() == 12).isPresent())
                .filter(one -> one.version().equals(exact) || one.version().equals(also))
                .findFirst();
        if (fits.isPresent()) {
            return pass(
                    "PyTorch " + fits.get().text() + ".",
                    "PyTorch " + fits.get().text() + ".");
        }
        return all.get().isEmpty()
                ? fail("There is no PyTorch.", "PyTorch нет.")
                : fail(
                        "PyTorch " + list(all.get(), Torch::text) + ", not " + exact + " for CUDA 12.",
                        "PyTorch " + list(all.get(), Torch::text) + ", а нужен " + exact + " под CUDA 12.");
    }

    private static Judgement image(Requirement requirement, Evidence evidence) {
        Optional<List<Torch>> torch = Torch.of(evidence);
        Optional<List<Toolkit>> nvcc = Toolkit.of(evidence);
        if (torch.isEmpty() || nvcc.isEmpty()) {
            return Unread.of(evidence, torch.isEmpty() ? "torch.found" : "nvcc.found");
        }
        if (torch.get().isEmpty()) {
            return ask("This box has no ML environment installed.", "На этой машине ML-окружения нет.");
        }
        return nvcc.get().isEmpty()
                ? warn(
                        "An ML image with PyTorch " + list(torch.get(), Torch::text) + ", without a CUDA compiler.",
                        "ML-образ с PyTorch " + list(torch.get(), Torch::text) + ", но без компилятора CUDA.")
                : pass(
                        "An ML image: PyTorch " + list(torch.get(), Torch::text) + " and a CUDA compiler.",
                        "ML-образ: PyTorch " + list(torch.get(), Torch::text) + " и компилятор CUDA.");
    }

    private static Judgement versions(Requirement requirement, Evidence evidence) {
        List<String> found = new ArrayList<>();
        Python.of(evidence)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> found.add("Python " + list(all, Python::version)));
        Conda.of(evidence)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> found.add("conda "
                        + list(all, one -> one.version().map(Version::toString).orElse("?"))));
        Torch.of(evidence)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> found.add("PyTorch " + list(all, Torch::text)));
        Toolkit.of(evidence)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> found.add("CUDA "
                        + list(all, one -> one.version().map(Version::toString).orElse("?"))));
        if (!found.isEmpty()) {
            String text = String.join("; ", found) + ".";
            return pass(text, text);
        }
        boolean answered = Stream.of("python.found", "conda.found", "torch.found", "nvcc.found")
                .anyMatch(probe ->
                        evidence.of(probe).filter(output -> output.ok()).isPresent());
        return answered ? pass("None of them.", "Ничего из этого.") : Unread.of(evidence, "python.found");
    }
}
