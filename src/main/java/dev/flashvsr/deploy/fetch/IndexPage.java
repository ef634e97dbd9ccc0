package dev.flashvsr.deploy.fetch;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page of a Python package index (PEP 503) links to. */
final class IndexPage {
    private static final Pattern TAG = Pattern.compile("(?is)<(a|base)\\b((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>");
    private static final Pattern HREF = Pattern.compile("(?is)\\bhref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))");
    private static final Pattern SHA256 = Pattern.compile("\\bsha256=([0-9a-f]{64})\\b");
    private static final Pattern FILE = Pattern.compile("[\\w.+!-]+");

    private IndexPage() {}

    /**
     * A file of it.
     *
     * @param name of the file, such as {@code numpy-1.26.4-cp311-….whl}
     * @param sha256 that the page states; empty: it states none
     */
    record Link(String name, URI address, Optional<String> sha256) {}

    /** Where the page of a package is, by its normalized name. */
    static URI of(URI index, String name) {
        String base = index.toString();
        return URI.create((base.endsWith("/") ? base : base + "/")
                + name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-") + "/");
    }

    /** The links of a page that came from {@code from}; what is no address of a file is left out. */
    static List<Link> links(String html, URI from) {
        List<Link> links = new ArrayList<>();
        URI base = from;
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            Optional<URI> address = href(tags.group(2), base);
            if (address.isEmpty()) {
                continue;
            }
            if (tags.group(1).equalsIgnoreCase("base")) {
                base = address.get();
            } else {
                link(address.get()).ifPresent(links::add);
            }
        }
        return links;
    }

    private static Optional<Link> link(URI address) {
        String path = Optional.ofNullable(address.getRawPath()).orElse("");
        String name = URLDecoder.decode(
                path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!FILE.matcher(name).matches()) {
            return Optional.empty();
        }
        String fragment = Optional.ofNullable(address.getRawFragment()).orElse("");
        Optional<String> sha256 =
                SHA256.matcher(fragment).results().map(found -> found.group(1)).findFirst();
        String whole = address.toString();
        int hash = whole.indexOf('#');
        return Optional.of(new Link(name, hash < 0 ? address : URI.create(whole.substring(0, hash)), sha256));
    }

    private static Optional<URI> href(String attributes, URI base) {
        return HREF.matcher(attributes)
                .results()
                .findFirst()
                .map(IndexPage::value)
                .map(text ->
                        text.strip().replace("&amp;", "&").replace("&#38;", "&").replace(" ", "%20"))
                .filter(text -> !text.isEmpty())
                .flatMap(text -> resolve(base, text));
    }

    private static String value(MatchResult href) {
        for (int group = 1; group < href.groupCount(); group++) {
            if (href.group(group) != null) {
                return href.group(group);
            }
        }
        return href.group(href.groupCount());
    }

    private static Optional<URI> resolve(URI base, String text) {
        try {
            return Optional.of(base.resolve(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
