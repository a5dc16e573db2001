package org.accordhie.consent.web;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.AccessSummary;
import org.accordhie.consent.Counterfactuals;
import org.accordhie.consent.Explanation;
import org.accordhie.consent.ResidualOffer;
import org.accordhie.consent.Rules;
import org.accordhie.consent.Sentences;
import org.accordhie.consent.fhir.AccessParameters;
import org.accordhie.consent.fhir.OrganizationNames;
import org.accordhie.consent.fhir.ProofParameters;
import org.accordhie.consent.fhir.TokenResidualWriter;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.web.ExplanationGate.Told;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/** Answers why somebody would see something, or not. Thread-safe. */
final class Explainer {

    /** Of a larger record only a part is explained, and the answer says so. */
    static final int RECORD = 20_000;

    private final StoredFacts stored;
    private final RulesInTime rules;
    private final AssumedRequesters requesters;
    private final IFhirResourceDao<Organization> organizations;

    Explainer(
            StoredFacts stored,
            RulesInTime rules,
            AssumedRequesters requesters,
            IFhirResourceDao<Organization> organizations) {
        this.stored = stored;
        this.rules = rules;
        this.requesters = requesters;
        this.organizations = organizations;
    }

    /**
     * Who would see what, when.
     *
     * @param organization who, as {@code Organization/[id]}
     * @param user the person, as {@code [type]/[id]}; null for a system
     * @param purposes why
     * @param at when; null for now
     */
    record Asked(
            String organization,
            @Nullable String user,
            Set<PurposeOfUse> purposes,
            @Nullable Instant at) {}

    /** Whether a requester would see one resource, and why. */
    Told explain(String type, String id, Asked asked, Asker asker, Instant now) {
        var assumed = requesters.of(asked.organization(), asked.user(), asked.purposes());
        var facts = factsOf(type, id, asked.at())
                .filter(asker::mayHearOf)
                .orElseThrow(() -> new ResourceNotFoundException("not found"));
        var instant = asked.at() == null ? now : asked.at();
        var inForce = asked.at() == null ? rules.now(facts.patients()) : rules.at(facts.patients(), asked.at());
        var request = requesters.asking(assumed.requester(), instant, inForce.policy(), Set.of());
        var proof = Explanation.of(request, facts, inForce);
        var others = requesters.forPurposes(asked.purposes()).stream()
                .map(each -> requesters
                        .asking(each, instant, inForce.policy(), Set.of())
                        .requester())
                .toList();
        var answer = ProofParameters.of(proof, Counterfactuals.of(request, facts, inForce, others), sentences(asker));
        if (!assumed.mayAsk()) {
            answer.addParameter(
                    "warning",
                    "the registry does not let this partner assert the purpose, so its token would be refused; this is what"
                            + " would come out if it did");
        }
        var version = facts.reference() + "/_history/" + facts.version();
        return new Told(answer, facts.patients(), Set.of(version));
    }

    private Optional<ResourceFacts> factsOf(String type, String id, @Nullable Instant at) {
        return at == null ? stored.current(type, id) : stored.at(type, id, at);
    }

    /** Who of the registered partners sees which part of a patient's record, and why. */
    Told explainAccess(String patient, Set<PurposeOfUse> purposes, Asker asker, Instant now) {
        asker.requirePatient(patient);
        if (stored.current("Patient", patient.substring("Patient/".length()))
                .filter(asker::mayHearOf)
                .isEmpty()) {
            throw new ResourceNotFoundException("not found");
        }
        var all = stored.naming(patient, RECORD + 1);
        var record = all.stream().limit(RECORD).filter(asker::mayHearOf).toList();
        var inForce = rulesFor(record);
        var summaries = requesters.registered().stream()
                .filter(each -> purposes.isEmpty() || purposes.containsAll(each.purposes()))
                .map(each ->
                        AccessSummary.of(requesters.asking(each, now, inForce.policy(), Set.of()), record, inForce))
                .toList();
        var answer = AccessParameters.of(summaries, sentences(asker));
        sayIfCut(answer, all.size() > RECORD, "only the first " + RECORD + " resources of the record are counted");
        return new Told(answer, Set.of(patient), Set.of());
    }

    /**
     * What a token for a requester should forbid of a patient's data, where whoever releases the data knows only the token.
     * A request that the registry would refuse is offered nothing but that.
     */
    Told residual(String patient, Asked asked, Asker asker, Instant now) {
        asker.requireOfficer();
        if (stored.current("Patient", patient.substring("Patient/".length()))
                .filter(asker::mayHearOf)
                .isEmpty()) {
            throw new ResourceNotFoundException("not found");
        }
        var assumed = requesters.of(asked.organization(), asked.user(), asked.purposes());
        if (!assumed.mayAsk()) {
            throw new InvalidRequestException("the registry does not let this partner assert the purpose");
        }
        var inForce = rules.now(Set.of(patient));
        var offer = ResidualOffer.of(
                requesters.asking(assumed.requester(), now, inForce.policy(), Set.of()), patient, inForce);
        var answer = new Parameters();
        answer.addParameter("ihe_pcf", TokenResidualWriter.write(offer.residual(), rules.consentsOf(patient)));
        answer.addParameter("exact", offer.isExact());
        return new Told(answer, Set.of(patient), Set.of());
    }

    /** The rules for all patients that a record names. */
    Rules rulesFor(List<ResourceFacts> record) {
        return rules.now(record.stream()
                .flatMap(facts -> facts.patients().stream())
                .collect(Collectors.toCollection(HashSet::new)));
    }

    static void sayIfCut(Parameters answer, boolean cut, String how) {
        if (cut) {
            answer.addParameter("cut", how);
        }
    }

    private Sentences sentences(Asker asker) {
        return new Sentences(
                asker.audience(),
                new OrganizationNames(
                        organizations, id -> stored.current("Organization", id).isPresent()));
    }
}
