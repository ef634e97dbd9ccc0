package dev.flashvsr.deploy.inspect.facts;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What {@code nvidia-smi -q -x} or {@code nvidia-smi -q} prints. One that is cut short is read up to there.
 *
 * @param driver such as 550.54.15
 * @param cuda what the driver library speaks, such as 12.4: never judged by, since a library put in front of it changes it
 * @param cards known values by the names of {@code --query-gpu}, and {@code virtualization}, {@code architecture}
 * @param slices MIG slices of all cards
 */
public record SmiLog(Optional<String> driver, Optional<String> cuda, List<Map<String, String>> cards, int slices) {
    private static final int DEEPEST = 40;
    private static final int MOST_CARDS = 64;
    private static final Pattern LINE = Pattern.compile("( {0,40})([^:]{1,80}?)\\s*(?::\\s(.*))?");
    private static final Pattern TEXT_CARD =
            Pattern.compile("GPU [0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9]");

    /** Keeps copies. */
    public SmiLog {
        cards = cards.stream().map(Map::copyOf).toList();
    }

    /** Of the XML; empty where it names neither a driver nor a card. */
    public static Optional<SmiLog> ofXml(String text) {
        int start = text.indexOf("<nvidia_smi_log");
        Reading reading = new Reading();
        if (start >= 0) {
            try {
                // From the root on: what is in front (a prompt, a banner, the document type) is not read at all.
                XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(text.substring(start)));
                reading.xml(xml);
            } catch (XMLStreamException cutOrDamaged) {
                // What came before the damage counts.
                reading.close();
            }
        }
        return reading.done();
    }

    /** Of the text. */
    public static Optional<SmiLog> ofText(String text) {
        Reading reading = new Reading();
        if (text.contains("NVSMI LOG")) {
            reading.lines(text);
        }
        return reading.done();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static final class Reading {
        private Optional<String> driver = Optional.empty();
        private Optional<String> cuda = Optional.empty();
        private final List<Map<String, String>> cards = new ArrayList<>();
        private int slices;

        void xml(XMLStreamReader xml) throws XMLStreamException {
            Deque<String> path = new ArrayDeque<>();
            String text = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text = "";
                    start(path, xml.getLocalName());
                } else if (event == XMLStreamConstants.CHARACTERS) {
                    text = xml.getText();
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(path, text);
                    text = "";
                }
            }
        }

        private void start(Deque<String> path, String name) throws XMLStreamException {
            if (path.size() > DEEPEST) {
                throw new XMLStreamException("too deep");
            }
            if (name.equals("gpu") && path.size() == 1 && cards.size() < MOST_CARDS) {
                cards.add(new LinkedHashMap<>());
            }
            slices += name.equals("mig_device") ? 1 : 0;
            path.push(name);
        }

        private void end(Deque<String> path, String text) {
            String name = path.pop();
            String key = path.isEmpty() ? name : path.peek() + "/" + name;
            if (key.equals("nvidia_smi_log/driver_version")) {
                driver = SmiValue.of(text);
            } else if (key.equals("nvidia_smi_log/cuda_version")) {
                cuda = SmiValue.of(text);
            } else if (!cards.isEmpty() && path.contains("gpu") && !path.contains("mig_devices")) {
                field(Optional.ofNullable(SmiFields.BY_ELEMENT.get(key)), text);
            }
        }

        private void field(Optional<String> known, String text) {
            if (known.isEmpty() || cards.isEmpty()) {
                return;
            }
            String field = known.get();
            Map<String, String> card = cards.get(cards.size() - 1);
            if (field.equals("virtualization") && text.strip().equals("None")) {
                card.put(field, "None");
            } else {
                SmiValue.put(card, field, text);
            }
        }

        void close() {
            // A card whose own name did not come before the cut says nothing.
            cards.removeIf(Map::isEmpty);
        }

        void lines(String text) {
            Deque<String> headings = new ArrayDeque<>();
            Deque<Integer> depths = new ArrayDeque<>();
            for (String line : text.lines().limit(20_000).toList()) {
                Matcher matcher = LINE.matcher(line.stripTrailing());
                if (!matcher.matches() && !TEXT_CARD.matcher(line.strip()).matches()) {
                    continue;
                }
                if (TEXT_CARD.matcher(line.strip()).matches()) {
                    if (cards.size() < MOST_CARDS) {
                        cards.add(new LinkedHashMap<>());
                    }
                    headings.clear();
                    depths.clear();
                    headings.push("gpu");
                    depths.push(0);
                    continue;
                }
                int depth = matcher.group(1).length();
                while (!depths.isEmpty() && depths.peek() >= depth && depth > 0) {
                    depths.pop();
                    headings.pop();
                }
                String key = matcher.group(2).strip().toLowerCase(Locale.ROOT);
                String value = matcher.group(3);
                if (value == null) {
                    headings.push(key);
                    depths.push(depth);
                } else {
                    line(headings.isEmpty() ? "" : headings.peek(), key, value);
                }
            }
        }

        private void line(String heading, String key, String value) {
            if (cards.isEmpty() && key.equals("driver version")) {
                driver = SmiValue.of(value);
            } else if (cards.isEmpty() && key.equals("cuda version")) {
                cuda = SmiValue.of(value);
            } else {
                field(Optional.ofNullable(SmiFields.BY_LINE.get(heading + "/" + key)), value);
            }
        }

        Optional<SmiLog> done() {
            return driver.isEmpty() && cards.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SmiLog(driver, cuda, cards, slices));
        }
    }
}
