package dev.flashvsr.deploy.playbook;

/** The log formats that live progress can be read from. */
public enum ProgressFormat {
    /** {@code [done/total]}. */
    NINJA("ninja"),
    /** {@code Downloading LFS objects:  42% (3/7)}. */
    GIT_LFS("git-lfs"),
    /** pip's download lines and bars. */
    PIP("pip"),
    /** The last {@code N%} or {@code N.N%} of the output. */
    PERCENT("percent");

    private final String word;

    ProgressFormat(String word) {
        this.word = word;
    }

    /** As written in a playbook. */
    public String word() {
        return word;
    }
}
