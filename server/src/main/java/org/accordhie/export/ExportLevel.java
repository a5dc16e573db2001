package org.accordhie.export;

import org.accordhie.smart.PatientContext;

/** Whose resources an export is about. Source: Bulk Data Access 2.0.0, "Bulk Data Kick-off Request". */
public enum ExportLevel {
    /** Everybody's, and those that are nobody's. */
    SYSTEM,
    /** Those in the compartment of any patient. */
    PATIENT,
    /** Those in the compartment of a patient who is a member of the Group. */
    GROUP;

    /** Whether it can hold a resource of the type. */
    public boolean offers(String type) {
        return this == SYSTEM || PatientContext.isInCompartments(type);
    }
}
