package org.accordhie.terminology;

/**
 * A condition on a code of a loaded system. Source: FHIR R4, ValueSet, {@code compose.include.filter} with the property
 * {@code concept}.
 *
 * @param path where it stands, as a FHIRPath expression
 * @param operator how the codes relate to the one named
 * @param code the code named
 */
public record ConceptFilter(String path, Operator operator, String code) {

    /** How codes relate to the one that a filter names. Source: FHIR R4, FilterOperator. */
    public enum Operator {
        /** The code itself and every code below it. */
        IS_A,
        /** Every code below it. */
        DESCENDENT_OF,
        /** The code itself. */
        EQUAL
    }
}
