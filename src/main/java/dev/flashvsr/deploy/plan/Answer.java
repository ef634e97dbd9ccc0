package dev.flashvsr.deploy.plan;

/** What a step's check answered. */
public enum Answer {
    /** As wanted. */
    YES,
    /** Not as wanted. */
    NO,
    /** It could not tell, or not in time. */
    UNKNOWN
}
