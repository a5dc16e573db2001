package org.accordhie.consent.fhir;

/** A consent that this exchange cannot carry out as written. The message holds no data of the patient. */
public final class UnenforceableConsent extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * Names the place and the reason.
     *
     * @param path a FHIRPath expression on the consent
     * @param reason what is wrong and how to say it
     */
    public UnenforceableConsent(String path, String reason) {
        super("`" + path + "` " + reason);
        this.path = path;
        this.reason = "`" + path + "` " + reason;
    }

    /** Where, as a FHIRPath expression on the consent. */
    public String path() {
        return path;
    }

    /** The place and the reason in one sentence. */
    public String reason() {
        return reason;
    }
}
