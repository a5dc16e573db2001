package org.accordhie.consent.web;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.Decision;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.Obligation;
import org.accordhie.consent.Rules;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.PolicyTable;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.web.Withholding.Released;
import org.accordhie.directory.Directory;
import org.accordhie.fhirserver.DecidedResources;
import org.accordhie.fhirserver.NotReleased;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.StoredVersion;
import org.accordhie.fhirserver.ToldResources;
import org.accordhie.review.Emergencies;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.fhir.SearchTokens;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The policy enforcement point (PEP; IHE PCF: Consent Enforcement Point). Everything of one read happens on one snapshot of
 * the database: what is left to the requester, the read itself, the second look at each row, what is kept back of it, and the audit event.
 */
final class ConsentEnforcementPoint implements ReleaseGate {

    private final TransactionTemplate snapshot;
    private final GrantedView views;
    private final ConsentRegistry consents;
    private final ToldFacts toldFacts;
    private final SearchTokens tokens;
    private final Withholding withholding;
    private final VersionNumbers numbers;
    private final ClosedParameters closed;
    private final AuditTrail audit;
    private final Counter disagreements;

    ConsentEnforcementPoint(
            TransactionTemplate snapshot,
            Deciding deciding,
            ClosedParameters closed,
            AuditTrail audit,
            Clock clock,
            MeterRegistry meters) {
        this.snapshot = snapshot;
        this.views = new GrantedView(snapshot, deciding, clock);
        this.consents = deciding.consents();
        this.toldFacts = deciding.toldFacts();
        this.tokens = deciding.tokens();
        this.withholding = deciding.withholding();
        this.numbers = deciding.numbers();
        this.closed = closed;
        this.audit = audit;
        this.disagreements = Counter.builder("accord.release.disagreements")
                .description("rows that the view released and the decision did not")
                .register(meters);
    }

    @Override
    public <T> T release(RequestedInteraction asked, Supplier<T> storage, ToldResources<T> resources) {
        var grant = RequestContext.get(asked.details(), AccessGrant.class)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
        return StorageView.RELEASED.during(
                () -> snapshot.execute(status -> released(asked, grant, storage, resources)));
    }

    @Override
    public <T> T look(RequestedInteraction asked, List<String> letters, Supplier<T> storage) {
        var grant = RequestContext.get(asked.details(), AccessGrant.class)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
        return views.look(grant, letters, storage);
    }

    @Override
    public Set<String> closed(RequestedInteraction asked, Collection<String> types, String parameter) {
        var grant = RequestContext.get(asked.details(), AccessGrant.class)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
        return StorageView.RELEASED.during(() -> snapshot.execute(status -> {
            var rules = views.read();
            var removed = rules.policy().removed(views.asking(grant, rules));
            return closed.among(types, parameter, removed);
        }));
    }

    private <T> T released(
            RequestedInteraction asked, AccessGrant grant, Supplier<T> storage, ToldResources<T> resources) {
        var asking = views.open(grant, List.of(asked.letters()));
        var request = asking.request();
        var policy = asking.rules().policy();
        closed.refuse(asked, policy.removed(request));
        var found = asked.interaction() == Interaction.READ ? read(asked, grant, asking, storage) : storage.get();
        var versions = resources.in(found).stream().map(Resource.class::cast).toList();
        var told = versions.stream()
                .filter(resource -> ResourceMetadataKeyEnum.DELETED_AT.get(resource) == null)
                .toList();
        var facts = toldFacts.of(told);
        var beside = ToldFacts.beside(told);
        var inForce = beside.map(ToldFacts.Grounds::consents).orElseGet(() -> consents.of(patientsOf(facts)));
        var rules = new Rules(policy, inForce);
        var decisions = facts.stream()
                .map(each -> DecisionPoint.decide(request, each, rules))
                .toList();
        var released = lookAgain(asking.reach(), told, facts, decisions);
        audit.add(record(asked, grant, request, facts, rules, decisions));
        views.takeDown(request);
        var instead = withholding.of(request.requester(), released, beside.map(ToldFacts.Grounds::there));
        numbers.among(versions)
                .forEach((version, number) ->
                        instead.put(version, StoredVersion.told(instead.getOrDefault(version, version), number)));
        DecidedResources.add(
                asked.details(),
                told.stream().map(each -> instead.getOrDefault(each, each)).toList());
        return instead.isEmpty()
                ? found
                : resources.telling(found, resource -> Objects.requireNonNullElse(instead.get(resource), resource));
    }

    /** Reads by id; what is not there, hidden or not, is refused with what that can be decided again with. */
    private static <T> T read(
            RequestedInteraction asked, AccessGrant grant, GrantedView.Asking asking, Supplier<T> storage) {
        try {
            return storage.get();
        } catch (ResourceNotFoundException absent) {
            var address = asked.resourceType() + "/" + asked.instance();
            var evidence = DecisionEvidence.ofRefusal(grant, asking.request(), asking.rules(), address)
                    .map(DecisionEvidence::text);
            throw new NotReleased(evidence.orElse(""), absent);
        }
    }

    /**
     * The view has already left out what is hidden; a row it should not have let through ends the request. What the decision
     * obliges to is handed on.
     */
    private List<Released> lookAgain(
            Reach reach, List<Resource> told, List<ResourceFacts> facts, List<Decision> decisions) {
        var released = new ArrayList<Released>();
        for (int index = 0; index < facts.size(); index++) {
            var resource = told.get(index);
            var each = facts.get(index);
            var decision = decisions.get(index);
            if (!decision.permits() || !reach.reaches(each, () -> tokens.of(toldFacts.whole(resource)))) {
                disagreements.increment();
                throw new Disagreement(each.type());
            }
            released.add(new Released(resource, each, redacted(decision, reach, each), removed(decision)));
        }
        return released;
    }

    /** The labels of the elements that consents and law, or the token itself, keep from the requester. */
    private static Set<ElementLabels> redacted(Decision decision, Reach reach, ResourceFacts facts) {
        var labels = new HashSet<ElementLabels>();
        for (var duty : decision.duties()) {
            if (duty instanceof Obligation.Redact redact) {
                labels.addAll(redact.labels());
            }
        }
        facts.labels().inline().stream()
                .filter(part -> reach.forbids(facts.with(part)))
                .forEach(part -> labels.add(part.labels()));
        return labels;
    }

    private static Set<NamedElement> removed(Decision decision) {
        return decision.duties().stream()
                .flatMap(duty -> duty instanceof Obligation.Remove remove ? remove.elements().stream() : Stream.of())
                .collect(Collectors.toSet());
    }

    private static AccessRecord record(
            RequestedInteraction asked,
            AccessGrant grant,
            AccessRequest request,
            List<ResourceFacts> released,
            Rules rules,
            List<Decision> decisions) {
        var versions = versionsOf(released);
        return new AccessRecord(
                UUID.randomUUID(),
                request.at(),
                Calls.of(asked),
                Outcome.SUCCESS,
                0,
                grant.requester(),
                patientsOf(released),
                Set.copyOf(versions),
                request.breakGlass(),
                DecisionEvidence.of(grant, request.requester(), rules, versions, decisions)
                        .text());
    }

    private static List<String> versionsOf(List<ResourceFacts> released) {
        return released.stream()
                .map(facts -> facts.reference() + "/_history/" + facts.version())
                .toList();
    }

    private static Set<String> patientsOf(List<ResourceFacts> released) {
        return released.stream()
                .flatMap(facts -> facts.patients().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * What the enforcement point decides with.
     *
     * @param view the residual as the storage's view
     * @param classes the release classes
     * @param consents the consents in force
     * @param policies the rules of law and organisation
     * @param toldFacts the facts of a resource
     * @param tokens the codes by which granular scopes choose
     * @param directory the care teams and roles of a requester
     * @param withholding what of a released resource is kept back
     * @param emergencies which declared emergencies are in force
     */
    record Deciding(
            ResidualView view,
            ReleaseClasses classes,
            ConsentRegistry consents,
            PolicyTable policies,
            ToldFacts toldFacts,
            SearchTokens tokens,
            Directory directory,
            Withholding withholding,
            VersionNumbers numbers,
            Emergencies emergencies) {}

    /** The view and the decision disagree about a resource: a fault of ours, which must not become a release. */
    static final class Disagreement extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        Disagreement(String type) {
            super("the released view held a " + type + " that the decision hides");
        }
    }
}
