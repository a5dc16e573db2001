package org.accordhie.consent;

import java.util.Comparator;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * A resource that a rule names, and what of it the rule speaks of. Source: FHIR R4 {@code Consent.provision.data}.
 *
 * @param meaning what belongs to it
 * @param reference the resource, as {@code [type]/[id]}
 */
public record DataReference(Meaning meaning, String reference) {

    /** By what belongs to it, then by name. */
    static final Comparator<DataReference> ORDER =
            Comparator.comparing(DataReference::meaning).thenComparing(DataReference::reference);

    /** What belongs to a resource. Source: HL7 consent-data-meaning. */
    public enum Meaning {
        /** The resource itself. */
        INSTANCE,
        /** The resource and those it refers to; these stand beside it as instances once they are resolved. */
        RELATED,
        /** The resource and those that refer to it. */
        DEPENDENTS,
        /** What it, a person or an organisation, has written. */
        AUTHOREDBY
    }

    boolean holds(ResourceFacts facts) {
        return switch (meaning) {
            case INSTANCE, RELATED -> reference.equals(facts.reference());
            case DEPENDENTS ->
                reference.equals(facts.reference()) || facts.references().contains(reference);
            case AUTHOREDBY ->
                facts.origin().authors().contains(reference)
                        || facts.origin().organizations().contains(reference);
        };
    }
}
