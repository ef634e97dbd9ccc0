package dev.flashvsr.deploy.plan;

import java.util.Map;

/** What boxes say, all at once. */
public final class BoxStates {
    private BoxStates() {}

    /** What these entries of a survey say together. */
    public static BoxState of(Map<String, byte[]> entries) {
        SurveyAnswer answer = new SurveyAnswer();
        entries.forEach(answer::add);
        return answer.read();
    }
}
