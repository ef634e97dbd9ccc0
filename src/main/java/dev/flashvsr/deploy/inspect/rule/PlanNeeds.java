package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.OptionalLong;

/** What a plan's steps need of the box: evidence that no probe gives, where there is a plan. */
public final class PlanNeeds {
    private static final String ID = "plan.needs";
    private static final String DISK = "disk_bytes=";

    private PlanNeeds() {}

    /** As evidence; {@code diskBytes} is what the steps that are to run write, by their estimates. */
    public static Evidence evidence(long diskBytes) {
        return Evidence.of(ID, Output.of("the estimates of the plan's steps", 0, DISK + diskBytes));
    }

    /** Empty where there is no plan. */
    static OptionalLong diskBytes(Evidence evidence) {
        return evidence.text(ID).filter(text -> text.startsWith(DISK)).stream()
                .mapToLong(text -> Long.parseLong(text.substring(DISK.length())))
                .findFirst();
    }
}
