package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.fhir.SoughtElements;
import org.accordhie.consent.fhir.SoughtElements.Sought;
import org.accordhie.fhirserver.KnownParameters;
import org.accordhie.fhirserver.Parameters;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;

/**
 * Closes the search parameters that look at elements which policies take out for a requester: what came and what did not would
 * tell what they say. It depends on the request alone, and the answer is that to a parameter which does not exist.
 */
final class ClosedParameters {

    private static final Set<String> DATES = Set.of(RequestedInteraction.START, RequestedInteraction.END);

    private final SoughtElements sought;

    ClosedParameters(SoughtElements sought) {
        this.sought = sought;
    }

    /** Refuses a search that looks at one of the elements. */
    void refuse(RequestedInteraction asked, Collection<NamedElement> removed) {
        if (removed.isEmpty() || asked.interaction() != Interaction.SEARCH_TYPE) {
            return;
        }
        if (!asked.operation().isEmpty()) {
            refuseDates(asked, removed);
            return;
        }
        var compartment = new Sought(asked.resourceType(), RequestedInteraction.COMPARTMENT);
        if (asked.details().getCompartmentName() != null && sought.looksAt(compartment, removed)) {
            throw new InvalidRequestException("no compartment can be searched for " + asked.resourceType());
        }
        sought.first(asked.resourceType(), asked.details().getParameters(), removed)
                .ifPresent(closed -> {
                    throw new InvalidRequestException("unknown search parameter `" + Parameters.safe(closed.name())
                            + "` for " + Parameters.safe(closed.type()));
                });
    }

    private void refuseDates(RequestedInteraction asked, Collection<NamedElement> removed) {
        KnownParameters.in(asked.details())
                .filter(DATES::contains)
                .findFirst()
                .filter(name -> sought.areDates(removed))
                .ifPresent(name -> {
                    throw new InvalidRequestException("unknown parameter `" + name + "`");
                });
    }

    /** Those of the types of which a parameter looks at one of the elements. */
    Set<String> among(Collection<String> types, String parameter, Collection<NamedElement> removed) {
        return types.stream()
                .filter(type -> sought.looksAt(new Sought(type, parameter), removed))
                .collect(Collectors.toSet());
    }
}
