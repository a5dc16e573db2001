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
import org.accordhie.consent.fhir.ConsentOutcomes;
import org.accordhie.consent.fhir.DraftReader;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.web.ExplanationGate.Told;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IntegerType;
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
        var draft = read(consent, asker, now);
        var patients = draft instanceof Draft.OfConsent ofConsent
                ? patientsOf(ofConsent, asker)
                : new TreeSet<>(stored.somePatients(extent.sample(), extent.seed()));
        var requests = requests(draft, now.minus(Duration.ofDays(extent.days())), now, asker);
        var answer = new Parameters();
        answer.addParameter("patients", new IntegerType(patients.size()));
        answer.addParameter("requesters", new IntegerType(requests.size()));
        var left = RESOURCES;
        for (var patient : patients) {
            left -= compare(draft, patient, requests, new Bounds(left, extent.examples(), asker), answer);
        }
        Explainer.sayIfCut(answer, left <= 0, "only the first " + RESOURCES + " resources are compared");
        Explainer.sayIfCut(
                answer,
                requests.values().stream().filter(events -> events > 0).count() >= REQUESTERS,
                "only the " + REQUESTERS + " most frequent recorded requesters are compared");
        return new Told(answer, patients, Set.of());
    }

    private Draft read(Consent consent, Asker asker, Instant now) {
        try {
            if (PolicyReader.isPolicy(consent)) {
                asker.requireOfficer();
                return drafts.law(consent);
            }
            var stored = rules.stored(DraftReader.idOf(consent));
            // To a patient somebody else's consent is none.
            var former =
                    stored != null && (asker.isOfficer() || stored.patient().equals(asker.patient())) ? stored : null;
            return rules.beside(drafts.consent(consent, former, now), former);
        } catch (UnenforceableConsent unenforceable) {
            throw new UnprocessableEntityException("the consent cannot be enforced", ConsentOutcomes.of(unenforceable));
        }
    }

    /** An officer hears of both where a draft is of another patient than what it replaces. */
    private static Set<String> patientsOf(Draft.OfConsent draft, Asker asker) {
        var patient = draft.draft().patient();
        asker.requirePatient(patient);
        return asker.isOfficer() ? new TreeSet<>(draft.patients()) : Set.of(patient);
    }

    /** Who asks, with how often the trail has recorded them: those recorded, and those only registered. */
    private Map<AccessRequest, Long> requests(Draft draft, Instant since, Instant now, Asker asker) {
        var found = new LinkedHashMap<Requester, Long>();
        recorded.since(since, asker.patient(), REQUESTERS).stream()
                .filter(each -> !requesters.isPatientsOwnApp(each))
                .forEach(each -> found.merge(requesters.of(each), each.events(), Long::sum));
        requesters.registered().forEach(each -> found.putIfAbsent(each, 0L));
        var requests = new LinkedHashMap<AccessRequest, Long>();
        var policy = rules.now(Set.of()).policy();
        found.forEach(
                (requester, events) -> requests.put(requesters.asking(requester, now, policy, draft.teams()), events));
        return requests;
    }

    private record Bounds(int resources, int examples, Asker asker) {}

    /** Adds what changes to the answer; returns how many resources were compared. */
    private int compare(
            Draft draft, String patient, Map<AccessRequest, Long> requests, Bounds bounds, Parameters answer) {
        if (bounds.resources() <= 0) {
            return 0;
        }
        var all = stored.naming(patient, bounds.resources());
        var record = all.stream().filter(bounds.asker()::mayHearOf).toList();
        var before = explainer.rulesFor(record);
        AccessChange.between(before, draft.appliedTo(before), record, requests.keySet(), bounds.examples()).stream()
                .filter(change -> !change.isNone())
                .forEach(change -> AccessParameters.change(
                        answer.addParameter().setName("change"),
                        patient,
                        change,
                        requests.getOrDefault(change.request(), 0L)));
        return all.size();
    }
}
