package org.accordhie.intake.fhir;

/**
 * Names new resources. Ids must be chance: one that counts, or holds a time, tells how much there is that its reader does not see,
 * and what is found stands in their order. Thread-safe.
 */
@FunctionalInterface
public interface NewIds {

    /** An id that no resource has had, of the form of a UUID. */
    String next();
}
