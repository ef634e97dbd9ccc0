package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.rule.Outlook;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Holds boxes against the whole catalogue. */
public final class WholeCatalogue {
    private final Catalogue catalogue;
    private final Deploy deploy;
    private final Clock clock;

    /** For what is going to be deployed. */
    public WholeCatalogue(Catalogue catalogue, Deploy deploy, Clock clock) {
        this.catalogue = catalogue;
        this.deploy = deploy;
        this.clock = clock;
    }

    /** Of a box, or a file, that the user calls so. */
    public Inspection inspect(String subject, Evidence evidence) {
        return inspect(subject, List.of(), evidence);
    }

    /** As {@link #inspect(String, Evidence)}; {@code notes} stand above what the box is. */
    public Inspection inspect(String subject, List<Wording> notes, Evidence evidence) {
        Inspector inspector = new Inspector(catalogue.byId(), deploy.ids());
        return new Inspection(
                subject,
                clock.instant(),
                Stream.concat(notes.stream(), BoxSummary.of(evidence).stream()).toList(),
                catalogue.parts(),
                inspector.judge(
                        catalogue.requirements().stream().map(Requirement::id).toList(), evidence),
                Outlook.of(evidence, deploy.volumes(), deploy.jobGib()));
    }
}
