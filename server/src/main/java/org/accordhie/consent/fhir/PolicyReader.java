package org.accordhie.consent.fhir;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.consent.Category;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.DataCriteria;
import org.accordhie.consent.Effect;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.Provision;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;

/**
 * Reads a rule of law or organisation: a Consent of no patient, in a scope of its own (FHIR R4's ppc rules ask a patient of the
 * four scopes it knows), whose category is the kind of rule.
 */
public final class PolicyReader {

    /** The scope of such a Consent. */
    public static final Coding SCOPE =
            new Coding("https://accordhie.org/fhir/CodeSystem/policy-scope", "release-policy");

    /** The code system of the kinds. */
    public static final String KINDS = "https://accordhie.org/fhir/CodeSystem/hard-rule";

    private static final Map<String, Kind> KIND_OF = Map.of(
            "NEVER", Kind.NEVER,
            "ALWAYS", Kind.ALWAYS,
            "REQUIRES-CONSENT", Kind.REQUIRES_CONSENT,
            "DEFAULT", Kind.DEFAULT);

    private PolicyReader() {}

    /** Whether a Consent is a rule of law or organisation. */
    public static boolean isPolicy(Consent consent) {
        return CriteriaReader.codesOf(consent.getScope()).contains(SCOPE);
    }

    /**
     * The rule of an active policy; empty for one that is not in force.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    public static Optional<HardRule> readActive(Consent consent) throws UnenforceableConsent {
        return consent.getStatus() == ConsentState.ACTIVE ? Optional.of(read(consent)) : Optional.empty();
    }

    /**
     * Reads a rule, whatever its status.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    public static HardRule read(Consent consent) throws UnenforceableConsent {
        ConsentReader.refuseModifiers(consent);
        if (consent.hasPatient()) {
            throw new UnenforceableConsent("Consent.patient", "must be absent: a policy is nobody's consent");
        }
        if (!consent.getPolicy().stream().anyMatch(each -> each.hasUri())) {
            throw new UnenforceableConsent("Consent.policy.uri", "must name the law or the policy it comes from");
        }
        var kind = kindOf(consent);
        var rule = ConsentReader.readRules(
                "Consent/" + consent.getIdElement().getIdPart() + "/_history/"
                        + consent.getMeta().getVersionId(),
                consent);
        refuseOtherCriteria(rule.resource(), "Consent.provision");
        for (var provision : rule.provisions()) {
            refuseOtherCriteria(provision);
        }
        requireShape(kind, rule);
        return new HardRule(kind, titleOf(consent), rule, ElementRuleReader.read(consent, rule));
    }

    private static Kind kindOf(Consent consent) throws UnenforceableConsent {
        var kinds = consent.getCategory().stream()
                .flatMap(category -> CriteriaReader.codesOf(category).stream())
                .filter(code -> code.system().equals(KINDS))
                .map(code -> KIND_OF.get(code.code()))
                .toList();
        if (kinds.size() != 1 || kinds.get(0) == null) {
            throw new UnenforceableConsent(
                    "Consent.category", "must be one of NEVER, ALWAYS, REQUIRES-CONSENT, DEFAULT of " + KINDS);
        }
        return kinds.get(0);
    }

    private static String titleOf(Consent consent) throws UnenforceableConsent {
        return consent.getCategory().stream()
                .filter(CodeableConcept::hasText)
                .map(CodeableConcept::getText)
                .findFirst()
                .orElseThrow(
                        () -> new UnenforceableConsent("Consent.category.text", "must say what the rule is called"));
    }

    /** A denial that needs the patient's yes says at its root which labels or types the yes must name. */
    private static void requireShape(Kind kind, Computable rule) throws UnenforceableConsent {
        if (kind == Kind.DEFAULT) {
            return;
        }
        var effect = kind == Kind.ALWAYS ? Effect.PERMIT : Effect.DENY;
        if (rule.base() != effect) {
            throw new UnenforceableConsent(
                    "Consent.provision.type",
                    "must be `" + (effect == Effect.PERMIT ? "permit" : "deny") + "` for its kind");
        }
        if (kind == Kind.REQUIRES_CONSENT
                && rule.provisions().stream().anyMatch(each -> each.effect() == Effect.DENY)) {
            throw new UnenforceableConsent(
                    "Consent.provision.provision",
                    "may only permit: what needs consent is said in `Consent.provision`");
        }
    }

    private static void refuseOtherCriteria(Provision provision) throws UnenforceableConsent {
        refuseOtherCriteria(provision.resource(), provision.path());
        for (var exception : provision.provisions()) {
            refuseOtherCriteria(exception);
        }
    }

    /** So that a change of policy moves no record from one release class to another. */
    private static void refuseOtherCriteria(DataCriteria criteria, String path) throws UnenforceableConsent {
        if (!(criteria instanceof ResourceCriteria stated) || !isPlain(stated)) {
            throw new UnenforceableConsent(
                    path,
                    "may name data by resource type and security label only; what codes tell, a label rule labels");
        }
        for (var type : stated.classes().types()) {
            if (Category.isBeyondPolicies(type)) {
                throw new UnenforceableConsent(
                        path + ".class",
                        "names `" + type + "`, which is of the directory or a consent: no policy decides about these");
            }
        }
    }

    private static boolean isPlain(ResourceCriteria stated) {
        return stated.origins().isEmpty()
                && stated.classes().profiles().isEmpty()
                && stated.classes().documents().isEmpty()
                && stated.codes().equals(DataCodes.ANY)
                && stated.dataPeriod() == null
                && stated.data().equals(Set.of());
    }
}
