package org.accordhie.audit;

import org.accordhie.vocabulary.Interaction;

/** FHIR's words for what an access did. Source: FHIR R4, code systems restful-interaction and audit-event-action; IHE BALP. */
public enum RestfulInteraction {
    READ("read", "R"),
    VREAD("vread", "R"),
    HISTORY_INSTANCE("history-instance", "R"),
    HISTORY_TYPE("history-type", "R"),
    HISTORY_SYSTEM("history-system", "R"),
    SEARCH_TYPE("search-type", "E"),
    SEARCH_SYSTEM("search-system", "E"),
    CREATE("create", "C"),
    UPDATE("update", "U"),
    PATCH("patch", "U"),
    DELETE("delete", "D"),
    /** Several writes at once, which the record names as the creation of a Bundle. */
    TRANSACTION("transaction", "E");

    /** The code system of {@link #code}. */
    public static final String SYSTEM = "http://hl7.org/fhir/restful-interaction";

    private static final String BUNDLE = "Bundle";

    private final String code;
    private final String action;

    RestfulInteraction(String code, String action) {
        this.code = code;
        this.action = action;
    }

    /** What a recorded access did. */
    public static RestfulInteraction of(AccessRecord accessed) {
        return accessed.interaction() == Interaction.CREATE
                        && accessed.resourceType().equals(BUNDLE)
                ? TRANSACTION
                : valueOf(accessed.interaction().name());
    }

    /** As {@code AuditEvent.subtype} has it. */
    public String code() {
        return code;
    }

    /** One of {@code C R U D E}, as {@code AuditEvent.action} has it. */
    public String action() {
        return action;
    }
}
