package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PyTorch's wheel index and a Python package index, with a stand-in for every package that the playbook pins. */
final class PythonStock {
    private static final Pattern WHEEL = Pattern.compile("(\\S+) ([^-\\s]+)-([^-\\s]+)-\\S+\\.whl");
    private static final Pattern REQUIREMENT =
            Pattern.compile("([A-Za-z0-9._-]+)\\s*(?:\\[[^]]*])?\\s*==\\s*([^\\s;]+).*");
    private static final String TORCH = "/whl/cu121/";
    private static final String SIMPLE = "/pypi/simple/";

    private final Stock stock;
    private final Map<String, String> pages = new TreeMap<>();

    private PythonStock(Stock stock) {
        this.stock = stock;
    }

    /** Fills the shelf; returns the variables that lead there. */
    static Map<String, String> fill(Stock stock) {
        PythonStock python = new PythonStock(stock);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("pytorch_wheel_base", stock.base() + "/whl/cu121");
        variables.put("torch_wheels", python.torchWheels());
        variables.put("torch_requirements", python.requirements("torch_requirements"));
        variables.put("flashvsr_requirements", python.requirements("flashvsr_requirements"));
        variables.put("pypi_index", stock.base() + "/pypi/simple");
        python.pages.forEach((path, links) -> stock.shelf()
                .put(path, "<!DOCTYPE html>\n<html><body><h1>Stand-ins</h1>\n" + links + "</body></html>\n"));
        return variables;
    }

    /** Lines {@code SHA-256 FILE}; where the pin leaves the hash to the index ({@code -}), so does the stand-in. */
    private String torchWheels() {
        StringBuilder lines = new StringBuilder();
        for (String line : stock.lines("torch_wheels")) {
            Matcher match = WHEEL.matcher(line);
            if (match.matches()) {
                Wheel wheel = wheel(match.group(2), match.group(3));
                stock.shelf().put(TORCH + wheel.fileName(), wheel.bytes());
                link(TORCH + normalized(match.group(2)) + "/", "../" + wheel.fileName(), wheel);
                String hash = match.group(1).equals("-") ? "-" : Sha256.hex(wheel.bytes());
                lines.append(hash).append(' ').append(wheel.fileName()).append('\n');
            }
        }
        return lines.toString();
    }

    /** Lines {@code NAME==VERSION --hash=sha256:…}. */
    private String requirements(String variable) {
        StringBuilder lines = new StringBuilder();
        for (String line : stock.lines(variable)) {
            Matcher match = REQUIREMENT.matcher(line);
            if (match.matches()) {
                Wheel wheel = wheel(match.group(1), match.group(2));
                stock.shelf().put("/pypi/files/" + wheel.fileName(), wheel.bytes());
                link(SIMPLE + normalized(match.group(1)) + "/", "../../files/" + wheel.fileName(), wheel);
                lines.append(
                        match.group(1) + "==" + match.group(2) + " --hash=sha256:" + Sha256.hex(wheel.bytes()) + "\n");
            }
        }
        return lines.toString();
    }

    private void link(String page, String address, Wheel wheel) {
        String anchor = "<a href=\"" + address.replace("+", "%2B") + "#sha256=" + Sha256.hex(wheel.bytes()) + "\">"
                + wheel.fileName() + "</a><br/>\n";
        pages.merge(page, anchor, (old, more) -> old.contains(more) ? old : old + more);
    }

    private static Wheel wheel(String project, String version) {
        Map<String, byte[]> files = new TreeMap<>();
        Resources.tree("wheels/" + normalized(project))
                .forEach((name, bytes) -> files.put(
                        name, Stock.utf8(new String(bytes, StandardCharsets.UTF_8).replace("@VERSION@", version))));
        return Wheel.of(project, version, files);
    }

    private static String normalized(String project) {
        return project.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }
}
