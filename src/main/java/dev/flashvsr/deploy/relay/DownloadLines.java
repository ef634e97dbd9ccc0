package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.progress.SafeText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what a step's {@code downloads} prints. The box is not believed: it may ask for what the step's own inputs pin, from
 * hosts that they name, to places below root, and for nothing else.
 */
final class DownloadLines {
    private static final Pattern WEB =
            Pattern.compile("file ([0-9a-f]{64}) (https?://\\S+) (-|[0-9]{1,15}) (-|[A-Za-z_][A-Za-z0-9_]*) (/.+)");
    private static final Pattern COMMIT = Pattern.compile("git ([0-9a-f]{40}) (\\S+) (/.+)");
    private static final Pattern WHEEL =
            Pattern.compile("wheel ([0-9a-f]{64}) (-|https?://\\S+) ([A-Za-z0-9._-]{1,100}) (/.+)");
    private static final Pattern STATED = Pattern.compile("stated (https?://\\S+) ([A-Za-z0-9._+!-]{1,200}) (/.+)");
    private static final Pattern OTHER = Pattern.compile("other (.+)");

    private final Step step;
    private final String root;
    private final Set<String> secrets;
    private final URI index;
    private final String pins;
    private final Set<String> origins;

    /** {@code step} decides which secrets may be used; {@code index}: the Python package index that {@code -} stands for. */
    DownloadLines(Step step, Map<String, String> values, String root, URI index) {
        this.step = step;
        this.root = root;
        this.secrets = Set.copyOf(step.secrets());
        this.index = index;
        this.pins = Addresses.values(step, values).collect(Collectors.joining("\n"));
        this.origins = Addresses.values(step, values)
                .flatMap(value -> Addresses.origin(value).stream())
                .collect(Collectors.toSet());
    }

    /**
     * What one step said.
     *
     * @param others what only the box itself can fetch, in words
     */
    record Said(List<Download> downloads, List<String> others) {}

    /** {@link DeployException} with exit status 1 for a line that this step has no right to. */
    Said read(List<String> lines) {
        List<Download> downloads = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : lines) {
            Matcher other = OTHER.matcher(line);
            if (other.matches()) {
                others.add(SafeText.of(other.group(1)));
            } else if (!line.isBlank()) {
                downloads.add(download(line).orElseThrow(() -> strange(line)));
            }
        }
        return new Said(downloads, others);
    }

    private Optional<Download> download(String line) {
        Matcher web = WEB.matcher(line);
        if (web.matches()) {
            Optional<String> token = Optional.of(web.group(4)).filter(name -> !name.equals("-"));
            OptionalLong bytes =
                    web.group(3).equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(web.group(3)));
            return Addresses.uri(web.group(2))
                    .filter(at -> isPinned(web.group(1), at.toString(), web.group(5)))
                    .filter(at -> token.isEmpty() || secrets.contains(token.get()))
                    .map(at -> new Download.Web(step.id(), web.group(1), at, bytes, token, web.group(5)));
        }
        Matcher commit = COMMIT.matcher(line);
        if (commit.matches()) {
            return Optional.of(new Download.Commit(step.id(), commit.group(1), commit.group(2), commit.group(3)))
                    .filter(at -> isPinned(at.commit(), at.url(), at.path()))
                    .map(at -> at);
        }
        Matcher stated = STATED.matcher(line);
        if (stated.matches()) {
            return Addresses.uri(stated.group(1))
                    .filter(at -> isPinned(stated.group(2), at.toString(), stated.group(3)))
                    .map(at -> new Download.Stated(step.id(), at, stated.group(2), stated.group(3)));
        }
        Matcher wheel = WHEEL.matcher(line);
        if (!wheel.matches()) {
            return Optional.empty();
        }
        boolean own = wheel.group(2).equals("-");
        return (own ? Optional.of(index) : Addresses.uri(wheel.group(2)))
                .filter(at -> own || isFromHere(at.toString()))
                .filter(at -> pins.contains(wheel.group(1)) && isBelowRoot(wheel.group(4)))
                .map(at -> new Download.Wheel(step.id(), wheel.group(1), at, wheel.group(3), wheel.group(4)));
    }

    private boolean isPinned(String pin, String address, String path) {
        return pins.contains(pin) && isFromHere(address) && isBelowRoot(path);
    }

    private boolean isFromHere(String address) {
        return Addresses.origin(address).filter(origins::contains).isPresent();
    }

    private boolean isBelowRoot(String path) {
        return path.startsWith(root + "/")
                && !path.startsWith(root + "/.deploy")
                && path.chars().noneMatch(Character::isISOControl)
                && List.of(path.split("/")).stream().noneMatch(part -> part.equals("..") || part.equals("."));
    }

    private DeployException strange(String line) {
        return new DeployException(
                ExitCode.FAILED,
                "The step " + step.id() + " on the box asks for a download that its inputs do not pin: "
                        + SafeText.of(line) + ".",
                "Nothing was fetched for it. A playbook's function downloads() prints what docs/playbook.md says.");
    }
}
