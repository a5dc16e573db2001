package org.accordhie.smart.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ScopeGate;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.ScopeDemand;
import org.springframework.stereotype.Component;

/** Refuses what the scopes do not grant, before storage is asked. Source: SMART App Launch 2.2.0, scopes. */
@Component
final class ScopeEnforcement implements ScopeGate {

    /** Consents rule over data and are not bounded like it, so that they stay closed to a token that is. */
    private static final String CONSENT = "Consent";

    @Override
    public void check(RequestedInteraction asked) {
        var grant = granted(asked);
        if (grant.residual() != null
                && (asked.interaction().writes() || asked.resourceType().equals(CONSENT))) {
            throw refused();
        }
    }

    @Override
    public void checkOwn(RequestedInteraction asked) {
        if (granted(asked).residual() != null) {
            throw refused();
        }
    }

    private static AccessGrant granted(RequestedInteraction asked) {
        return RequestContext.get(asked.details(), AccessGrant.class)
                .filter(grant -> grant.scopes().permits(demand(asked)))
                .orElseThrow(ScopeEnforcement::refused);
    }

    private static ForbiddenOperationException refused() {
        return new ForbiddenOperationException("not permitted");
    }

    private static ScopeDemand demand(RequestedInteraction asked) {
        return asked.conditional()
                ? ScopeDemand.conditional(asked.interaction(), asked.resourceType())
                : ScopeDemand.of(asked.interaction(), asked.resourceType());
    }
}
