package org.accordhie.consent;

/** The criteria that a provision can state. Source: FHIR R4 {@code Consent.provision}; the elements carry their names. */
public enum Criterion {
    PERIOD("period"),
    /** Who asks: actors with a recipient's role. */
    RECIPIENT("actor"),
    PURPOSE("purpose"),
    ACTION("action"),
    /** Where the data came from: actors with the role of author or custodian. */
    ORIGIN("actor"),
    CLASS("class"),
    CODE("code"),
    SECURITY_LABEL("securityLabel"),
    DATA_PERIOD("dataPeriod"),
    DATA("data"),
    /** All that is said of who asks, where the single criteria are not known any more. */
    REQUESTER(""),
    /** All that is said of the data, where the single criteria are not known any more. */
    RESOURCE("");

    private final String element;

    Criterion(String element) {
        this.element = element;
    }

    /** The element of a provision that states it; empty for what stands for several. */
    public String element() {
        return element;
    }
}
