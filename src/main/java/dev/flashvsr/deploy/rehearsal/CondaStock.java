package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.hash.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Miniforge-like installer, and conda packages that only say what they stand for. */
final class CondaStock {
    private CondaStock() {}

    /** Fills the shelf; returns the variables that lead there. */
    static Map<String, String> fill(Stock stock) {
        byte[] installer = Stock.utf8(Resources.text("conda/installer.sh")
                .replace(
                        "@CONDA@\n",
                        Resources.text("conda/conda.sh").replace("@NVCC@\n", Resources.text("conda/nvcc.sh"))));
        String path = "/miniforge/" + Stock.fileName(stock.pin("miniforge_url"));
        stock.shelf().put(path, installer);

        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("miniforge_url", stock.base() + path);
        variables.put("miniforge_sha256", Sha256.hex(installer));
        variables.put("conda_channel", stock.base() + "/conda");
        variables.put(
                "python_packages",
                packages(stock, "python_packages", "linux-64/python-" + stock.pin("python_version") + "-0.conda"));
        variables.put("cuda_packages", packages(stock, "cuda_packages", "linux-64/cuda-nvcc-12.4.131-0.conda"));
        variables.put("tools_packages", packages(stock, "tools_packages", "linux-64/tools-0.conda"));
        return variables;
    }

    /** Lines {@code SHA-256 SUBDIR/FILE}. */
    private static String packages(Stock stock, String variable, String ifNone) {
        List<String> files = stock.lines(variable).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        return (files.isEmpty() ? List.of(ifNone) : files)
                .stream().map(file -> line(stock, file)).collect(Collectors.joining());
    }

    private static String line(Stock stock, String file) {
        byte[] content = Stock.utf8("Stand-in for the conda package " + file + " in a rehearsal.\n");
        stock.shelf().put("/conda/" + file, content);
        return Sha256.hex(content) + " " + file + "\n";
    }
}
