package dev.flashvsr.deploy.cli;

/** How the user called this program, so that a command that it names works as it is printed. */
final class Called {
    /** Set by the launcher. */
    private static final String PROPERTY = "flashvsr.deploy.called";

    private Called() {}

    /** As a shell reads it back. */
    static String name() {
        return Again.quoted(System.getProperty(PROPERTY, "flashvsr-deploy"));
    }
}
