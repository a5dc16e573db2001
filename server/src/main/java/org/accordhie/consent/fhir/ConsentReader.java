package org.accordhie.consent.fhir;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Effect;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentPolicyComponent;
import org.hl7.fhir.r4.model.Consent.ConsentState;

/**
 * Reads a FHIR Consent as a policy. What cannot be enforced as written is refused with the place and the reason, or, where it
 * is stored already, becomes {@link ConsentPolicy.Uncomputable}.
 */
public final class ConsentReader {

    private static final Coding PRIVACY =
            new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy");
    private static final Set<String> PERMITTING = Set.of("OPTIN", "OPTINR", "IMPLIED");
    private static final Set<String> DENYING = Set.of("OPTOUT", "OPTOUTE");
    private static final String ROOT = "Consent.provision";

    /** The policy of an active consent; empty for one that is not in force. */
    public Optional<ConsentPolicy> read(Consent consent) {
        if (consent.getStatus() != ConsentState.ACTIVE) {
            return Optional.empty();
        }
        var id = "Consent/" + consent.getIdElement().getIdPart() + "/_history/"
                + consent.getMeta().getVersionId();
        try {
            return Optional.of(readComputable(id, consent));
        } catch (UnenforceableConsent unenforceable) {
            return Optional.of(new ConsentPolicy.Uncomputable(id, unenforceable.reason()));
        }
    }

    /**
     * Refuses an active consent that cannot be enforced.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    public void check(Consent consent) throws UnenforceableConsent {
        if (consent.getStatus() == ConsentState.ACTIVE) {
            readComputable("Consent/new", consent);
        }
    }

    private static ConsentPolicy readComputable(String id, Consent consent) throws UnenforceableConsent {
        Modifiers.refuse(consent);
        if (!CriteriaReader.codesOf(consent.getScope()).contains(PRIVACY)) {
            throw new UnenforceableConsent("Consent.scope", "must be `patient-privacy` of " + PRIVACY.system());
        }
        if (!ActorReader.namesHere(consent.getPatient(), Set.of("Patient"))) {
            throw new UnenforceableConsent("Consent.patient", "must be a reference `Patient/[id]`");
        }
        return readRules(id, consent);
    }

    /** Reads the rules of a consent, whoever they are of. */
    static ConsentPolicy.Computable readRules(String id, Consent consent) throws UnenforceableConsent {
        var root = consent.getProvision();
        var base = baseOf(consent);
        var requester = ProvisionReader.readRequester(root, ROOT, TimeSpan.ALWAYS);
        var resource = ProvisionReader.readResource(root, ROOT);
        if (!root.hasType() && !(requester.equals(RequesterCriteria.ANYBODY) && resource.isEmpty())) {
            throw new UnenforceableConsent(
                    ROOT,
                    "has criteria but no type, which can be read as a limit of the consent or as a rule of its own; "
                            + "give it a type, or move the criteria into a nested provision with a type");
        }
        return new ConsentPolicy.Computable(
                id,
                ProvisionReader.periodOf(root),
                basesOf(consent),
                base,
                requester,
                resource,
                ProvisionReader.readChildren(root, ROOT));
    }

    /** The laws and policies that the consent says it is given under. */
    private static List<String> basesOf(Consent consent) {
        return Stream.concat(
                        consent.getPolicy().stream()
                                .filter(ConsentPolicyComponent::hasUri)
                                .map(ConsentPolicyComponent::getUri),
                        CriteriaReader.codesOf(consent.getPolicyRule()).stream()
                                .filter(code -> !PERMITTING.contains(code.code()) && !DENYING.contains(code.code()))
                                .map(Coding::toString))
                .toList();
    }

    private static Effect baseOf(Consent consent) throws UnenforceableConsent {
        if (ProvisionReader.hasType(consent.getProvision())) {
            return ProvisionReader.effectOf(consent.getProvision());
        }
        var codes = CriteriaReader.codesOf(consent.getPolicyRule());
        var permits = codes.stream().anyMatch(code -> PERMITTING.contains(code.code()));
        var denies = codes.stream().anyMatch(code -> DENYING.contains(code.code()));
        if (permits == denies) {
            throw new UnenforceableConsent(
                    "Consent.policyRule",
                    "says neither or both of permit and deny; use one of OPTIN, OPTINR, IMPLIED, OPTOUT, OPTOUTE, "
                            + "or give `Consent.provision` a type");
        }
        return permits ? Effect.PERMIT : Effect.DENY;
    }
}
