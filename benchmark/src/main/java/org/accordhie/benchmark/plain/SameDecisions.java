package org.accordhie.benchmark.plain;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentService;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Rules;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.consent.fhir.PolicyPacks;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Resource;

/**
 * Accord's decision behind HAPI's ConsentInterceptor: {@code canSeeResource} alone, which judges every match of a search
 * before it is stored. The requester is always the one whom the benchmark reads as.
 */
final class SameDecisions implements IConsentService {

    private static final String CLINIC = "Organization/riverside-clinic";

    private final FactsReader facts;
    private final KnownConsents consents;
    private final ReleasePolicy policy;
    private final Requester clinic = new Requester(
            "dev-riverside-clinic",
            "",
            CLINIC,
            Set.of(CLINIC),
            null,
            null,
            Set.of(),
            Set.of(),
            Set.of(PurposeOfUse.TREAT));

    SameDecisions(FhirContext context, KnownConsents consents) {
        this.facts = new FactsReader(context, "", organizations -> organizations);
        this.consents = consents;
        this.policy = new ReleasePolicy(PolicyPacks.rules(context, List.of("us-opt-out")).stream()
                .map(SameDecisions::read)
                .toList());
    }

    private static HardRule read(Consent rule) {
        try {
            return PolicyReader.read(rule);
        } catch (UnenforceableConsent unenforceable) {
            throw new IllegalStateException(unenforceable.reason(), unenforceable);
        }
    }

    @Override
    public ConsentOutcome canSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        // Writes are answered with what was written, whoever may read it.
        if (!request.getRequestType().name().equals("GET")) {
            return ConsentOutcome.PROCEED;
        }
        var known = facts.read((Resource) resource);
        var decision = DecisionPoint.decide(
                new AccessRequest(clinic, AccessRequest.ACCESS, Instant.now()),
                known,
                new Rules(policy, consents.of(known.patients())));
        return decision.permits() ? ConsentOutcome.PROCEED : ConsentOutcome.REJECT;
    }

    /** What may be seen is seen as it is. */
    @Override
    public ConsentOutcome willSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        return ConsentOutcome.PROCEED;
    }
}
