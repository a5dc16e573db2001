package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.accordhie.audit.RecordedRequesters;
import org.accordhie.consent.AccessChange;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.Draft;
import org.accordhie.consent.fhir.AccessParameters;
import org.accordhie.consent.fhir.DraftReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.web.ExplanationGate.Told;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;

/** Says whose access a draft would change, and stores nothing. Thread-safe. */
final class WhatIf {

    /** As many recorded requesters are compared at most. */
    private static final int REQUESTERS = 200;

    /** As many resources are compared at most, of all patients together. */
    private static final int RESOURCES = 50_000;

    private final StoredFacts stored;
    private final RulesInTime rules;
    private final Explainer explainer;
    private final AssumedRequesters requesters;
    private final RecordedRequesters recorded;
    private final DraftReader drafts;

    WhatIf(
            StoredFacts stored,
            RulesInTime rules,
            Explainer explainer,
            AssumedRequesters requesters,
            RecordedRequesters recorded,
            DraftReader drafts) {
        this.stored = stored;
        this.rules = rules;
        this.explainer = explainer;
        this.requesters = requesters;
        this.recorded = recorded;
        this.drafts = drafts;
    }

    /**
     * How much is compared.
     *
     * @param days the requests of so many last days
     * @param sample so many patients, for a policy
     * @param seed chooses them
     * @param examples so many resources are named of each change
     */
    record Extent(int days, int sample, int seed, int examples) {}

    /** Compares what would be released with what is. */
    Told compare(Consent consent, Extent extent, Asker asker, Instant now) {
        var draft = read(consent);
        var patients = patientsOf(draft, extent, asker);
        var requests = requests(extent.days(), asker, now);
        var answer = new Parameters();
        answer.addParameter("patients", new IntegerType(patients.size()));
        answer.addParameter("requesters", new IntegerType(requests.size()));
        var left = RESOURCES;
        for (var patient : patients) {
            left -= compare(draft, patient, requests, new Bounds(left, extent.examples(), asker, now), answer);
        }
        Explainer.sayIfCut(answer, left <= 0, "only the first " + RESOURCES + " resources are compared");
        Explainer.sayIfCut(
                answer,
                requests.values().stream().filter(events -> events > 0).count() >= REQUESTERS,
                "only the " + REQUESTERS + " most frequent recorded requesters are compared");
        return new Told(answer, patients, Set.of());
    }

    private Draft read(Consent consent) {
        try {
            return rules.resolved(drafts.read(consent));
        } catch (UnenforceableConsent unenforceable) {
            var outcome = ErrorFactory.outcome(IssueType.BUSINESSRULE, unenforceable.reason());
            outcome.getIssueFirstRep().addExpression(unenforceable.path());
            throw new UnprocessableEntityException("the consent cannot be enforced", outcome);
        }
    }

    private Set<String> patientsOf(Draft draft, Extent extent, Asker asker) {
        if (draft instanceof Draft.OfConsent consent) {
            asker.requirePatient(consent.patient());
            var patients = new TreeSet<>(Set.of(consent.patient()));
            if (asker.isOfficer()) {
                // Whose the consent is now: a draft may be of somebody else.
                patients.addAll(rules.patientsOf(consent.id()));
            }
            return patients;
        }
        asker.requireOfficer();
        return new TreeSet<>(stored.somePatients(extent.sample(), extent.seed()));
    }

    /** Who is asked for, with how often the trail has recorded them: those recorded, and those only registered. */
    private Map<Requester, Long> requests(int days, Asker asker, Instant now) {
        var since = now.minus(Duration.ofDays(days));
        var requests = new LinkedHashMap<Requester, Long>();
        recorded.since(since, asker.patient(), REQUESTERS).stream()
                .filter(each -> !requesters.isPatientsOwnApp(each))
                .forEach(each -> requests.merge(rules.known(requesters.of(each), now), each.events(), Long::sum));
        requesters.registered().forEach(each -> requests.putIfAbsent(rules.known(each, now), 0L));
        return requests;
    }

    private record Bounds(int resources, int examples, Asker asker, Instant now) {}

    /** Adds what changes to the answer; returns how many resources were compared. */
    private int compare(Draft draft, String patient, Map<Requester, Long> requests, Bounds bounds, Parameters answer) {
        if (bounds.resources() <= 0) {
            return 0;
        }
        var all = stored.naming(patient, bounds.resources());
        var record = all.stream().filter(bounds.asker()::mayHearOf).toList();
        var before = explainer.rulesFor(record);
        var asked = requests.keySet().stream()
                .map(each -> Explainer.request(each, bounds.now()))
                .toList();
        AccessChange.between(before, draft.appliedTo(before), record, asked, bounds.examples()).stream()
                .filter(change -> !change.isNone())
                .forEach(change -> AccessParameters.change(
                        answer.addParameter().setName("change"), patient, change, events(requests, change.request())));
        return all.size();
    }

    private static long events(Map<Requester, Long> requests, AccessRequest request) {
        return requests.getOrDefault(request.requester(), 0L);
    }
}
