package org.accordhie.smart;

import java.util.Locale;

/**
 * Whose data a scope opens: the patient's in context, what the user may see, or what the client's organisation may.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting FHIR resources".
 */
public enum ScopeContext {
    PATIENT,
    USER,
    SYSTEM;

    /** The first part of a scope, such as {@code patient}. */
    public String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
