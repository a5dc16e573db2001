package org.accordhie.terminology;

/** A code system or value set that this exchange cannot carry out as written, and why. */
public final class UnusableDefinition extends Exception {

    private static final long serialVersionUID = 1L;

    private final String url;
    private final String path;
    private final String reason;

    /**
     * Names the place and the reason.
     *
     * @param url the canonical address of the code system or value set; empty where it has none
     * @param path a FHIRPath expression on it
     * @param reason what is wrong and how to say it
     */
    public UnusableDefinition(String url, String path, String reason) {
        super("`" + path + "` " + reason);
        this.url = url;
        this.path = path;
        this.reason = "`" + path + "` " + reason;
    }

    /** Whose definition it is. */
    public String url() {
        return url;
    }

    /** Where, as a FHIRPath expression. */
    public String path() {
        return path;
    }

    /** The place and the reason in one sentence. */
    public String reason() {
        return reason;
    }
}
