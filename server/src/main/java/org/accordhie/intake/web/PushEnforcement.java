package org.accordhie.intake.web;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Objects;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.PushGate;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.intake.WriteRules;
import org.accordhie.smart.AccessGrant;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Lets sources push what they may, and turns a single write into a bundle of one. */
@Component
final class PushEnforcement implements PushGate {

    private final PushTransaction pushes;
    private final ConsentReader consents;

    PushEnforcement(PushTransaction pushes, ConsentReader consents) {
        this.pushes = pushes;
        this.consents = consents;
    }

    @Override
    public Bundle transaction(RequestedInteraction asked, List<RequestedInteraction> entries, Bundle bundle) {
        var grant = grantOf(asked);
        entries.forEach(entry -> permit(grant, entry));
        bundle.getEntry().forEach(entry -> refuseUnenforceable(entry.getResource()));
        return pushes.store(asked, grant, bundle).answer();
    }

    @Override
    public MethodOutcome create(RequestedInteraction asked, IBaseResource resource) {
        var entry = entry(HTTPVerb.POST, asked.resourceType(), resource);
        entry.getRequest().setIfNoneExist(asked.details().getHeader(Constants.HEADER_IF_NONE_EXIST));
        return single(asked, entry);
    }

    @Override
    public MethodOutcome update(RequestedInteraction asked, IBaseResource resource) {
        var address = asked.resourceType() + "/" + asked.instance();
        requireOwned(asked, address);
        var entry = entry(HTTPVerb.PUT, address, resource);
        entry.getRequest().setIfMatch(asked.details().getHeader(Constants.HEADER_IF_MATCH));
        return single(asked, entry);
    }

    @Override
    public MethodOutcome delete(RequestedInteraction asked) {
        var address = asked.resourceType() + "/" + asked.instance();
        requireOwned(asked, address);
        var entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.DELETE).setUrl(address);
        return single(asked, entry);
    }

    private MethodOutcome single(RequestedInteraction asked, BundleEntryComponent entry) {
        var grant = grantOf(asked);
        permit(grant, asked);
        refuseUnenforceable(entry.getResource());
        var bundle = new Bundle().setType(BundleType.TRANSACTION).addEntry(entry);
        var stored = pushes.store(asked, grant, bundle);
        var response = stored.answer().getEntryFirstRep().getResponse();
        var outcome = new MethodOutcome(
                new IdType(response.getLocation()), response.getStatus().startsWith("201"));
        stored.resources().forEach(outcome::setResource);
        return outcome;
    }

    /** What another source wrote cannot be written, and reads as if it did not exist. */
    private void requireOwned(RequestedInteraction asked, String address) {
        if (!pushes.isOwned(grantOf(asked).requester(), address)) {
            throw new ResourceNotFoundException("not found");
        }
    }

    private static void permit(AccessGrant grant, RequestedInteraction asked) {
        if (!WriteRules.permit(grant.requester(), asked.resourceType())) {
            throw new ForbiddenOperationException("not permitted");
        }
    }

    private void refuseUnenforceable(@org.jspecify.annotations.Nullable Resource resource) {
        if (!(resource instanceof Consent consent)) {
            return;
        }
        try {
            if (PolicyReader.isPolicy(consent)) {
                PolicyReader.readActive(consent);
            } else {
                consents.check(consent);
            }
        } catch (UnenforceableConsent unenforceable) {
            var outcome = ErrorFactory.outcome(IssueType.BUSINESSRULE, unenforceable.reason());
            outcome.getIssueFirstRep().addExpression(unenforceable.path());
            throw new UnprocessableEntityException("the consent cannot be enforced", outcome);
        }
    }

    private static BundleEntryComponent entry(HTTPVerb method, String address, IBaseResource resource) {
        var entry = new BundleEntryComponent().setResource((Resource) resource);
        entry.getRequest().setMethod(method).setUrl(address);
        return entry;
    }

    private static AccessGrant grantOf(RequestedInteraction asked) {
        return RequestContext.get(asked.details(), AccessGrant.class)
                .filter(Objects::nonNull)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
    }
}
