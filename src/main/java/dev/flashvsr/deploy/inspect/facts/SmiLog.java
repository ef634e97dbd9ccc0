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
import java.util.Set;
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
 * @param processes that it names, of all cards
 */
public record SmiLog(
        Optional<String> driver,
        Optional<String> cuda,
        List<Map<String, String>> cards,
        int slices,
        List<GpuProcess> processes) {
    private static final int DEEPEST = 40;
    private static final int MOST_CARDS = 64;
    private static final int MOST_PROCESSES = 500;
    private static final Pattern LINE = Pattern.compile("( {0,40})([^:]{1,80}?)\\s*(?::\\s(.*))?");
    private static final Pattern TEXT_CARD =
            Pattern.compile("GPU [0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9]");

    /** Keeps copies. */
    public SmiLog {
        cards = cards.stream().map(Map::copyOf).toList();
        processes = List.copyOf(processes);
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
        private final List<GpuProcess> processes = new ArrayList<>();
        private Map<String, String> process = new LinkedHashMap<>();
        private int slices;

        void xml(XMLStreamReader xml) throws XMLStreamException {
            Deque<String> path = new ArrayDeque<>();
            String text = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text = "";
                    start(path, xml.getLocalName(), xml.getAttributeCount() > 0 ? xml.getAttributeValue(0) : "");
                } else if (event == XMLStreamConstants.CHARACTERS) {
                    text = xml.getText();
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(path, text);
                    text = "";
                }
            }
        }

        private void start(Deque<String> path, String name, String bus) throws XMLStreamException {
            if (path.size() > DEEPEST) {
                throw new XMLStreamException("too deep");
            }
            if (name.equals("gpu") && path.size() == 1 && cards.size() < MOST_CARDS) {
                begin(bus);
            }
            slices += name.equals("mig_device") ? 1 : 0;
            process = name.equals("process_info") ? new LinkedHashMap<>() : process;
            path.push(name);
        }

        private void end(Deque<String> path, String text) {
            String name = path.pop();
            String key = path.isEmpty() ? name : path.peek() + "/" + name;
            if (key.equals("nvidia_smi_log/driver_version")) {
                driver = SmiValue.of(text);
            } else if (key.equals("nvidia_smi_log/cuda_version")) {
                cuda = SmiValue.of(text);
            } else if (!cards.isEmpty() && path.contains("mig_devices")) {
                slice(key, text);
            } else if (name.equals("process_info")) {
                ended();
            } else if (key.startsWith("process_info/")) {
                process.put(name, text.strip());
            } else if (!cards.isEmpty() && path.contains("gpu")) {
                field(SmiFields.BY_ELEMENT, longer(path, name), key, text);
            }
        }

        private void begin(String bus) {
            cards.add(new LinkedHashMap<>());
            SmiValue.put(cards.get(cards.size() - 1), "pci.bus_id", bus);
        }

        /** The last three names of the path. */
        private static String longer(Deque<String> path, String name) {
            return path.stream().limit(2).reduce(name, (below, above) -> above + "/" + below);
        }

        private void field(Map<String, String> fields, String longer, String key, String text) {
            if (cards.isEmpty()) {
                return;
            }
            Map<String, String> card = cards.get(cards.size() - 1);
            String field = fields.getOrDefault(longer, fields.getOrDefault(key, ""));
            if (field.equals("virtualization") && text.strip().equals("None")) {
                card.put(field, "None");
            } else if (!field.isEmpty()) {
                SmiValue.put(card, field, text);
            } else if (SmiValue.isDead(text)) {
                SmiValue.put(card, key, text);
            }
        }

        /** Of the first slice of a card, the one that CUDA takes. */
        private void slice(String key, String text) {
            Map<String, String> card = cards.get(cards.size() - 1);
            switch (key) {
                case "fb_memory_usage/total", "fb memory usage/total" -> SmiValue.put(card, "mig.memory.total", text);
                case "fb_memory_usage/used", "fb memory usage/used" -> SmiValue.put(card, "mig.memory.used", text);
                case "fb_memory_usage/free", "fb memory usage/free" -> SmiValue.put(card, "mig.memory.free", text);
                default -> {
                    // What else is told of a slice nothing asks for.
                }
            }
        }

        private void ended() {
            if (!process.isEmpty() && processes.size() < MOST_PROCESSES) {
                processes.add(new GpuProcess(
                        String.valueOf(Math.max(0, cards.size() - 1)),
                        process.getOrDefault("pid", "?"),
                        process.getOrDefault("process_name", "?"),
                        SmiValue.number(process.getOrDefault("used_memory", ""))));
            }
            process = new LinkedHashMap<>();
        }

        void close() {
            // A card whose own name did not come before the cut says nothing.
            cards.removeIf(card -> card.isEmpty() || card.keySet().equals(Set.of("pci.bus_id")));
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
                    ended();
                    if (cards.size() < MOST_CARDS) {
                        begin(line.strip().substring("GPU ".length()));
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
                    line(headings, key, value);
                }
            }
            ended();
        }

        private void line(Deque<String> headings, String key, String value) {
            String heading = headings.isEmpty() ? "" : headings.peek();
            if (cards.isEmpty() && key.equals("driver version")) {
                driver = SmiValue.of(value);
            } else if (cards.isEmpty() && key.equals("cuda version")) {
                cuda = SmiValue.of(value);
            } else if (heading.equals("processes")) {
                process(key, value.strip());
            } else if (!cards.isEmpty() && headings.contains("mig devices")) {
                slices += key.equals("index") ? 1 : 0;
                slice(heading + "/" + key, value);
            } else {
                field(SmiFields.BY_LINE, longer(headings, key), heading + "/" + key, value);
            }
        }

        private void process(String key, String value) {
            if (key.equals("gpu instance id") || key.equals("process id") && process.containsKey("pid")) {
                ended();
            }
            switch (key) {
                case "process id" -> process.put("pid", value);
                case "name" -> process.put("process_name", value);
                case "used gpu memory" -> process.put("used_memory", value);
                default -> {
                    // Its kind, and the slice that it runs on.
                }
            }
        }

        Optional<SmiLog> done() {
            return driver.isEmpty() && cards.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SmiLog(driver, cuda, cards, slices, processes));
        }
    }
}
