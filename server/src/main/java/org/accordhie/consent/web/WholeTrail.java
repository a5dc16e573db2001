package org.accordhie.consent.web;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import org.accordhie.audit.TrailReach;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Interaction;

/** Holds operations that tell of anybody's events to those whose scopes reach the whole audit trail. */
final class WholeTrail {

    private WholeTrail() {}

    /** Passes who may search every event. */
    static void require(RequestDetails request) {
        var reach = RequestContext.get(request, AccessGrant.class)
                .map(grant -> TrailReach.of(grant, Interaction.SEARCH_TYPE).extent());
        if (reach.isEmpty() || reach.get() != TrailReach.Extent.WHOLE) {
            throw new ForbiddenOperationException("not permitted");
        }
    }
}
