package org.accordhie.audit;

import java.util.regex.Pattern;
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
    /** Several writes at once. */
    TRANSACTION("transaction", "E"),
    BATCH("batch", "E"),
    OPERATION("operation", "E"),
    CAPABILITIES("capabilities", "R"),
    /** None that FHIR has a word for, such as an address that leads nowhere. */
    OTHER("", "E");

    /** The code system of {@link #code}. */
    public static final String SYSTEM = "http://hl7.org/fhir/restful-interaction";

    private static final String BUNDLE = "Bundle";

    /** A step of the path that begins with a dollar sign. */
    private static final Pattern OPERATION_NAME = Pattern.compile("^[^?]*/\\$");

    private final String code;
    private final String action;

    RestfulInteraction(String code, String action) {
        this.code = code;
        this.action = action;
    }

    /**
     * What a request does.
     *
     * @param query the address asked for, without the server's base
     */
    public static RestfulInteraction of(Interaction interaction, String resourceType, String query) {
        if (OPERATION_NAME.matcher(query).find()) {
            return OPERATION;
        }
        return interaction == Interaction.CREATE && resourceType.equals(BUNDLE)
                ? TRANSACTION
                : valueOf(interaction.name());
    }

    /** As {@code AuditEvent.subtype} has it; empty where there is no word. */
    public String code() {
        return code;
    }

    /** One of {@code C R U D E}, as {@code AuditEvent.action} has it. */
    public String action() {
        return action;
    }
}
