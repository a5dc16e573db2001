package org.accordhie.intake.web;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.PushGate;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.intake.WriteCondition;
import org.accordhie.intake.WriteRules;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets sources push what they may, and turns a single write into a bundle of one. */
@Component
final class PushEnforcement implements PushGate {

    private static final String CONSENT = "Consent";

    private final PushTransaction pushes;
    private final ConsentWriting consents;
    private final OwnRecords own;
    private final Patching patching;
    private final PatchEntries patches;

    PushEnforcement(
            PushTransaction pushes, ConsentWriting consents, OwnRecords own, Patching patching, PatchEntries patches) {
        this.pushes = pushes;
        this.consents = consents;
        this.own = own;
        this.patching = patching;
        this.patches = patches;
    }

    @Override
    public Bundle transaction(RequestedInteraction asked, List<RequestedInteraction> entries, Bundle bundle) {
        var grant = grantOf(asked);
        entries.forEach(entry -> permit(grant, entry));
        var written = bundle.getEntry().stream().filter(PushEnforcement::writes).toList();
        for (int index = 0; index < written.size(); index++) {
            permitConsent(grant, entries.get(index), written.get(index).getResource());
            consents.refuseUnenforceable(written.get(index).getResource());
        }
        var onlyConsents =
                entries.stream().allMatch(entry -> entry.resourceType().equals(CONSENT));
        var requester = grant.requester();
        refuseMixture(requester, entries, onlyConsents);
        var owner = onlyConsents ? consents.ownerFor(requester) : requester.organization();
        refuseOthersConsents(entries, owner);
        var resolved = own.resolved(asked, owner, bundle);
        if (!PatchEntries.areIn(resolved)) {
            return pushes.store(asked, grant, owner, resolved).answer();
        }
        var rules = new PatchEntries.Rules(
                (entry, address) -> isOwned(owner, address) && own.isSeen(entry, address), (entry, patched) -> {
                    permitConsent(grant, entry, patched);
                    consents.refuseUnenforceable(patched);
                });
        Supplier<Bundle> attempt = () -> pushes.store(asked, grant, owner, patches.applied(resolved, entries, rules))
                .answer();
        var isTagged = resolved.getEntry().stream()
                .anyMatch(entry -> Patching.isTag(entry.getRequest().getIfMatch()));
        return isTagged ? attempt.get() : Patching.again(attempt);
    }

    private boolean isOwned(String owner, String address) {
        return pushes.ownerOf(address).filter(owner::equals).isPresent();
    }

    /** References are resolved inside a bundle: beside other entries a consent could come to be of another patient. */
    private static void refuseMixture(Requester requester, List<RequestedInteraction> entries, boolean onlyConsents) {
        var some = entries.stream().anyMatch(entry -> entry.resourceType().equals(CONSENT));
        if (some && !onlyConsents && requester.patient() != null) {
            throw new InvalidRequestException("a patient's own app writes consents in bundles of their own");
        }
    }

    /** A consent stays whose it is; in a bundle of another owner it would become a second one, and the first stay in force. */
    private void refuseOthersConsents(List<RequestedInteraction> entries, String owner) {
        for (int index = 0; index < entries.size(); index++) {
            var entry = entries.get(index);
            var address = CONSENT + "/" + entry.instance();
            if (entry.resourceType().equals(CONSENT)
                    && !entry.instance().isEmpty()
                    && pushes.ownerOf(address)
                            .filter(other -> !other.equals(owner))
                            .isPresent()) {
                throw new InvalidRequestException("the consent written by writing entry " + index
                        + " of the bundle has another owner than the rest: write it by itself");
            }
        }
    }

    @Override
    public MethodOutcome create(RequestedInteraction asked, IBaseResource resource) {
        var entry = entry(HTTPVerb.POST, asked.resourceType(), resource);
        entry.getRequest().setIfNoneExist(asked.details().getHeader(Constants.HEADER_IF_NONE_EXIST));
        return single(asked, ownerOfNew(asked), entry);
    }

    /** Whose a new resource is. */
    private String ownerOfNew(RequestedInteraction asked) {
        var requester = grantOf(asked).requester();
        return asked.resourceType().equals(CONSENT) ? consents.ownerFor(requester) : requester.organization();
    }

    @Override
    public MethodOutcome update(RequestedInteraction asked, IBaseResource resource) {
        if (asked.conditional()) {
            var conditional = entry(HTTPVerb.PUT, conditionOf(asked).address(), resource);
            conditional.getRequest().setIfMatch(asked.details().getHeader(Constants.HEADER_IF_MATCH));
            return single(asked, ownerOfNew(asked), conditional);
        }
        var address = asked.resourceType() + "/" + asked.instance();
        var owner = requireOwned(asked, address);
        var entry = entry(HTTPVerb.PUT, address, resource);
        entry.getRequest().setIfMatch(asked.details().getHeader(Constants.HEADER_IF_MATCH));
        return single(asked, owner, entry);
    }

    @Override
    public MethodOutcome delete(RequestedInteraction request) {
        var asked = named(request);
        var address = asked.resourceType() + "/" + asked.instance();
        var owner = requireOwned(asked, address);
        var entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.DELETE).setUrl(address);
        return single(asked, owner, entry);
    }

    @Override
    public MethodOutcome patch(RequestedInteraction request, Patch patch) {
        var asked = named(request);
        var address = asked.resourceType() + "/" + asked.instance();
        var owner = requireOwned(asked, address);
        permit(grantOf(asked), asked);
        // Before the patch is applied, for what it finds may tell what is stored.
        permitConsent(grantOf(asked), asked, null);
        if (!own.isSeen(asked, address)) {
            throw new ResourceNotFoundException("not found");
        }
        var wanted = asked.details().getHeader(Constants.HEADER_IF_MATCH);
        Supplier<MethodOutcome> attempt = () -> {
            var patched = patching.apply(address, patch, wanted);
            var entry = entry(HTTPVerb.PUT, address, patched.resource());
            entry.getRequest().setIfMatch(patched.tag());
            return single(asked, owner, entry);
        };
        return Patching.isTag(wanted) ? attempt.get() : Patching.again(attempt);
    }

    /** The same with the id of what its condition finds, where it has one. */
    private RequestedInteraction named(RequestedInteraction asked) {
        if (!asked.conditional()) {
            return asked;
        }
        var found = own.theOne(asked, ownerOfNew(asked), conditionOf(asked));
        return asked.named(found.split("/", 2)[1]);
    }

    /** The condition in the address; whoever may not write the type learns nothing of it. */
    private static WriteCondition conditionOf(RequestedInteraction asked) {
        permit(grantOf(asked), asked);
        var parameters = asked.details().getParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
        return WriteCondition.of(asked.resourceType(), parameters)
                .orElseThrow(() -> new UnprocessableEntityException("a condition must be " + WriteCondition.FORM));
    }

    private MethodOutcome single(RequestedInteraction asked, String owner, BundleEntryComponent entry) {
        var grant = grantOf(asked);
        permit(grant, asked);
        permitConsent(grant, asked, entry.getResource());
        consents.refuseUnenforceable(entry.getResource());
        var bundle = new Bundle().setType(BundleType.TRANSACTION).addEntry(entry);
        var stored = pushes.store(asked, grant, owner, own.resolved(asked, owner, bundle));
        var response = stored.answer().getEntryFirstRep().getResponse();
        var outcome = new MethodOutcome(
                new IdType(response.getLocation()), response.getStatus().startsWith("201"));
        stored.resources().forEach(outcome::setResource);
        if (asked.resourceType().equals(CONSENT) && entry.hasResource()) {
            outcome.setOperationOutcome(consents.report(outcome.getId().getIdPart(), grant.requester()));
        }
        return outcome;
    }

    /**
     * What another source wrote cannot be written, and reads as if it did not exist; a consent stays whose it is, whoever
     * writes it. Returns the owner.
     */
    private String requireOwned(RequestedInteraction asked, String address) {
        var grant = grantOf(asked);
        var consent = asked.resourceType().equals(CONSENT);
        if (consent) {
            permit(grant, asked);
        }
        return pushes.ownerOf(address)
                .filter(owner -> consent || owner.equals(grant.requester().organization()))
                .orElseThrow(() -> new ResourceNotFoundException("not found"));
    }

    private void permitConsent(AccessGrant grant, RequestedInteraction asked, @Nullable Resource written) {
        if (asked.resourceType().equals(CONSENT)) {
            var stored =
                    asked.instance().isEmpty() ? Set.<String>of() : pushes.patientsOf(CONSENT + "/" + asked.instance());
            ConsentWriting.permit(grant.requester(), asked.interaction(), written, stored);
        }
    }

    /** Whether an entry is one of those whose interactions are handed over beside the bundle. */
    static boolean writes(BundleEntryComponent entry) {
        var method = entry.getRequest().getMethod();
        return method != HTTPVerb.GET && method != HTTPVerb.HEAD;
    }

    private static void permit(AccessGrant grant, RequestedInteraction asked) {
        if (!WriteRules.permit(grant.requester(), asked.resourceType())) {
            throw new ForbiddenOperationException("not permitted");
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
