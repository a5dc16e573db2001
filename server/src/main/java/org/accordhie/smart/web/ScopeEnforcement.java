package org.accordhie.smart.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.fhirserver.ScopeGate;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.ScopeDemand;
import org.accordhie.smart.fhir.SearchedTypes;
import org.accordhie.vocabulary.Interaction;
import org.springframework.stereotype.Component;

/** Refuses what the scopes do not grant, before storage is asked. Source: SMART App Launch 2.2.0, scopes. */
@Component
final class ScopeEnforcement implements ScopeGate {

    /** Consents rule over data and are not bounded like it, so that they stay closed to a token that is. */
    private static final String CONSENT = "Consent";

    private final SearchedTypes searched;

    ScopeEnforcement(ISearchParamRegistry parameters) {
        this.searched = new SearchedTypes(parameters);
    }

    @Override
    public void check(RequestedInteraction asked) {
        var grant = granted(asked);
        refuseHops(grant, asked);
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

    /** A chain tells what the resources in its middle say, so each needs the right to search; what comes along is left out. */
    private void refuseHops(AccessGrant grant, RequestedInteraction asked) {
        if (asked.interaction() != Interaction.SEARCH_TYPE || !asked.operation().isEmpty()) {
            return;
        }
        var parameters = asked.details().getParameters();
        var hops = searched.chained(asked.resourceType(), parameters).stream();
        if (!hops.allMatch(types -> types.stream().anyMatch(type -> mayLookInto(grant, type)))) {
            throw refused();
        }
        var strict = String.valueOf(asked.details().getHeader("Prefer")).contains("handling=strict");
        if (strict && !searched.included(parameters).stream().allMatch(type -> isSearchable(grant, type))) {
            throw refused();
        }
    }

    private static boolean mayLookInto(AccessGrant grant, String type) {
        return isSearchable(grant, type) && (grant.residual() == null || !type.equals(CONSENT));
    }

    private static boolean isSearchable(AccessGrant grant, String type) {
        return grant.scopes().permits(Interaction.SEARCH_TYPE, type);
    }

    private static AccessGrant granted(RequestedInteraction asked) {
        return RequestContext.get(asked.details(), AccessGrant.class)
                .filter(grant -> grants(grant, asked))
                .orElseThrow(ScopeEnforcement::refused);
    }

    /** A history of the whole system tells of the types that are granted, so that one of them is enough to ask for it. */
    private static boolean grants(AccessGrant grant, RequestedInteraction asked) {
        return asked.interaction() == Interaction.HISTORY_SYSTEM
                ? ResourceTypes.SERVED.stream()
                        .anyMatch(type -> grant.scopes().permits(Interaction.HISTORY_SYSTEM, type))
                : grant.scopes().permits(demand(asked));
    }

    private static ForbiddenOperationException refused() {
        return new ForbiddenOperationException("not permitted");
    }

    private static ScopeDemand demand(RequestedInteraction asked) {
        if (!asked.operation().isEmpty()) {
            return ScopeDemand.operation(asked.operation(), asked.resourceType())
                    .orElseThrow(ScopeEnforcement::refused);
        }
        return asked.conditional()
                ? ScopeDemand.conditional(asked.interaction(), asked.resourceType())
                : ScopeDemand.of(asked.interaction(), asked.resourceType());
    }
}
