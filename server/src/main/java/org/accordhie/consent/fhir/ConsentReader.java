package org.accordhie.consent.fhir;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Effect;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentPolicyComponent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

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
            return Optional.of(readAsActive(id, consent));
        } catch (UnenforceableConsent unenforceable) {
            return Optional.of(new ConsentPolicy.Uncomputable(id, unenforceable.reason()));
        }
    }

    /**
     * Refuses an active consent that cannot be enforced.
     *
     * @throws UnenforceableConsent with every place and reason
     */
    public void check(Consent consent) throws UnenforceableConsent {
        if (consent.getStatus() == ConsentState.ACTIVE) {
            readAsActive("Consent/new", consent);
        }
    }

    /**
     * What a consent would come to if it were active.
     *
     * @param id what the policy is to be called
     * @throws UnenforceableConsent with every place and reason
     */
    public ConsentPolicy.Computable readAsActive(String id, Consent consent) throws UnenforceableConsent {
        var problems = new Problems();
        Modifiers.check(consent, problems);
        if (!CriteriaReader.codesOf(consent.getScope()).contains(PRIVACY)) {
            problems.add("Consent.scope", "must be `patient-privacy` of " + PRIVACY.system());
        }
        if (!ActorReader.namesHere(consent.getPatient(), Set.of("Patient"))) {
            problems.add("Consent.patient", "must be a reference `Patient/[id]`");
        }
        ElementRuleReader.refuse(consent, problems);
        return readRules(id, consent, problems);
    }

    /** Refuses a consent, whoever it is of, whose meaning is changed in a way unknown here. */
    static void refuseModifiers(Consent consent) throws UnenforceableConsent {
        var problems = new Problems();
        Modifiers.check(consent, problems);
        problems.refuse();
    }

    /** Reads the rules of a consent, whoever they are of. */
    static ConsentPolicy.Computable readRules(String id, Consent consent) throws UnenforceableConsent {
        return readRules(id, consent, new Problems());
    }

    private static ConsentPolicy.Computable readRules(String id, Consent consent, Problems problems)
            throws UnenforceableConsent {
        var root = consent.getProvision();
        var base = baseOf(consent, problems);
        var requester = ProvisionReader.readRequester(root, ROOT, TimeSpan.ALWAYS, problems);
        var resource = ProvisionReader.readResource(root, ROOT, problems);
        if (!root.hasType() && hasCriteria(root)) {
            problems.add(
                    ROOT,
                    "has criteria but no type, and can be read in two ways: as the limit of the whole consent, then write"
                            + " beside the criteria the type that holds within it, `permit` or `deny`; or as one rule beside"
                            + " what `Consent.policyRule` says, then move the criteria into a nested provision with a type");
        }
        var validity = ProvisionReader.periodOf(root, ROOT, problems);
        var provisions = ProvisionReader.readChildren(root, ROOT, problems);
        problems.refuse();
        return new ConsentPolicy.Computable(id, validity, basesOf(consent), base, requester, resource, provisions);
    }

    /** Whether it says more than when it holds and what its exceptions are. */
    private static boolean hasCriteria(ProvisionComponent root) {
        return root.hasActor()
                || root.hasPurpose()
                || root.hasAction()
                || root.hasClass_()
                || root.hasCode()
                || root.hasSecurityLabel()
                || root.hasDataPeriod()
                || root.hasData();
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

    private static Effect baseOf(Consent consent, Problems problems) {
        if (ProvisionReader.hasType(consent.getProvision())) {
            return ProvisionReader.effectOf(consent.getProvision());
        }
        var codes = CriteriaReader.codesOf(consent.getPolicyRule());
        var permits = codes.stream().anyMatch(code -> PERMITTING.contains(code.code()));
        var denies = codes.stream().anyMatch(code -> DENYING.contains(code.code()));
        if (permits && denies) {
            problems.add(
                    "Consent.policyRule",
                    "says permit and deny, and can be read in two ways: write one of OPTIN, OPTINR, IMPLIED alone, or one of"
                            + " OPTOUT, OPTOUTE alone");
        } else if (!permits && !denies) {
            problems.add(
                    "Consent.policyRule",
                    "says neither permit nor deny; write one of OPTIN, OPTINR, IMPLIED, OPTOUT, OPTOUTE, or give"
                            + " `Consent.provision` a type");
        }
        return permits ? Effect.PERMIT : Effect.DENY;
    }
}
