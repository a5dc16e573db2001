package org.accordhie.consent.fhir;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Effect;
import org.accordhie.consent.Provision;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Reads a FHIR Consent as a policy. What cannot be enforced as written is refused with the place and the reason, or, where it
 * is stored already, becomes {@link ConsentPolicy.Uncomputable}.
 */
public final class ConsentReader {

    private static final Coding PRIVACY =
            new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy");
    private static final Set<String> PERMITTING = Set.of("OPTIN", "OPTINR", "IMPLIED");
    private static final Set<String> DENYING = Set.of("OPTOUT", "OPTOUTE");
    private static final Set<String> RECIPIENT_ROLES = Set.of("IRCP", "PRCP", "GRANTEE");
    private static final Set<String> ORIGIN_ROLES = Set.of("AUT", "CST");
    private static final Set<String> PATIENT = Set.of("Patient");
    private static final Set<String> RECIPIENT_TYPES =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Patient", "Device");
    private static final Set<String> ORIGIN_TYPES = Set.of("Organization");
    private static final Set<String> ACTIONS = Set.of("collect", "access", "use", "disclose", "correct");
    private static final Set<String> TYPES =
            Arrays.stream(ResourceType.values()).map(ResourceType::name).collect(Collectors.toSet());

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
        var path = "Consent.provision";
        refuseModifiersOf(consent);
        if (!codesOf(consent.getScope()).contains(PRIVACY)) {
            throw new UnenforceableConsent("Consent.scope", "must be `patient-privacy` of " + PRIVACY.system());
        }
        if (!namesHere(consent.getPatient(), PATIENT)) {
            throw new UnenforceableConsent("Consent.patient", "must be a reference `Patient/[id]`");
        }
        var root = consent.getProvision();
        var base = base(consent);
        var requester = readRequester(root, path, TimeSpan.ALWAYS);
        var resource = readResource(root, path);
        if (!root.hasType() && !(requester.equals(RequesterCriteria.ANYBODY) && resource.isEmpty())) {
            throw new UnenforceableConsent(
                    path,
                    "has criteria but no type, which can be read as a limit of the consent or as a rule of its own; "
                            + "give it a type, or move the criteria into a nested provision with a type");
        }
        return new ConsentPolicy.Computable(
                id, periodOf(root), base, requester, resource, readProvisions(root.getProvision(), path));
    }

    private static Effect base(Consent consent) throws UnenforceableConsent {
        var type = consent.getProvision().getType();
        if (type != null && type != ConsentProvisionType.NULL) {
            return effect(type);
        }
        var codes = codesOf(consent.getPolicyRule());
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

    private static List<Provision> readProvisions(List<ProvisionComponent> components, String parent)
            throws UnenforceableConsent {
        var provisions = new java.util.ArrayList<Provision>();
        for (int index = 0; index < components.size(); index++) {
            provisions.add(readProvision(components.get(index), parent + ".provision[" + index + "]"));
        }
        return provisions;
    }

    private static Provision readProvision(ProvisionComponent component, String path) throws UnenforceableConsent {
        if (!component.hasType()) {
            throw new UnenforceableConsent(path, "has no type; say `permit` or `deny`");
        }
        return new Provision(
                path,
                effect(component.getType()),
                readRequester(component, path, periodOf(component)),
                readResource(component, path),
                readProvisions(component.getProvision(), path));
    }

    private static Effect effect(ConsentProvisionType type) {
        return type == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY;
    }

    private static RequesterCriteria readRequester(ProvisionComponent component, String path, TimeSpan period)
            throws UnenforceableConsent {
        refuseModifiers(component.hasModifierExtension(), path);
        var purposes = new HashSet<PurposeOfUse>();
        for (var purpose : component.getPurpose()) {
            purposes.add(PurposeOfUse.ofCode(purpose.getCode())
                    .filter(known -> PurposeOfUse.SYSTEM.equals(purpose.getSystem()))
                    .orElseThrow(() -> new UnenforceableConsent(
                            path + ".purpose", "is not a purpose of use of " + PurposeOfUse.SYSTEM)));
        }
        var actions = codesOf(component.getAction(), path + ".action").stream()
                .map(Coding::code)
                .toList();
        if (!ACTIONS.containsAll(actions)) {
            throw new UnenforceableConsent(path + ".action", "is not an action of consentaction");
        }
        return new RequesterCriteria(
                period, actorsOf(component, path, RECIPIENT_ROLES), List.copyOf(purposes), actions);
    }

    private static ResourceCriteria readResource(ProvisionComponent component, String path)
            throws UnenforceableConsent {
        var labels = new HashSet<Coding>();
        for (var label : component.getSecurityLabel()) {
            labels.add(readLabel(label, path));
        }
        return new ResourceCriteria(
                Set.copyOf(actorsOf(component, path, ORIGIN_ROLES)),
                readClasses(component, path),
                Set.copyOf(codesOf(component.getCode(), path + ".code")),
                labels,
                component.hasDataPeriod() ? ClinicalDates.spanOf(component.getDataPeriod()) : null,
                readInstances(component, path));
    }

    private static Set<String> readClasses(ProvisionComponent component, String path) throws UnenforceableConsent {
        var classes = new HashSet<String>();
        for (var coding : component.getClass_()) {
            if (!coding.hasCode()
                    || !(TYPES.contains(coding.getCode()) || coding.getCode().contains(":"))) {
                throw new UnenforceableConsent(
                        path + ".class", "is neither a resource type nor the address of a profile");
            }
            classes.add(coding.getCode());
        }
        return classes;
    }

    private static Set<String> readInstances(ProvisionComponent component, String path) throws UnenforceableConsent {
        var instances = new HashSet<String>();
        for (var data : component.getData()) {
            refuseModifiers(data.hasModifierExtension(), path + ".data");
            if (data.getMeaning() != ConsentDataMeaning.INSTANCE) {
                throw new UnenforceableConsent(path + ".data", "only the meaning `instance` is supported");
            }
            if (!namesHere(data.getReference(), TYPES)) {
                throw new UnenforceableConsent(path + ".data", "must have a reference `[type]/[id]`");
            }
            instances.add(nameOf(data.getReference()));
        }
        return instances;
    }

    private static Coding readLabel(org.hl7.fhir.r4.model.Coding label, String path) throws UnenforceableConsent {
        var confidentiality = Confidentiality.SYSTEM.equals(label.getSystem())
                && Confidentiality.ofCode(label.getCode()).isPresent();
        var sensitivity = SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem()) && label.hasCode();
        if (!confidentiality && !sensitivity) {
            throw new UnenforceableConsent(
                    path + ".securityLabel", "is neither a v3-Confidentiality nor a v3-ActCode sensitivity");
        }
        return new Coding(label.getSystem(), label.getCode());
    }

    private static List<String> actorsOf(ProvisionComponent component, String path, Set<String> roles)
            throws UnenforceableConsent {
        var actors = new HashSet<String>();
        for (var actor : component.getActor()) {
            refuseModifiers(actor.hasModifierExtension(), path + ".actor");
            var role = roleOf(actor, path);
            var types = ORIGIN_ROLES.contains(role) ? ORIGIN_TYPES : RECIPIENT_TYPES;
            if (!namesHere(actor.getReference(), types)) {
                throw new UnenforceableConsent(
                        path + ".actor",
                        "must have a reference `[type]/[id]` to one of "
                                + types.stream().sorted().collect(Collectors.joining(", ")));
            }
            if (roles.contains(role)) {
                actors.add(nameOf(actor.getReference()));
            }
        }
        return List.copyOf(actors);
    }

    /** Whether the reference is to a resource of this server: one of another server would be taken for ours of that id. */
    private static boolean namesHere(Reference reference, Set<String> types) {
        var id = reference.getReferenceElement();
        return !id.isAbsolute() && id.hasIdPart() && id.hasResourceType() && types.contains(id.getResourceType());
    }

    private static String nameOf(Reference reference) {
        return reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    }

    private static String roleOf(provisionActorComponent actor, String path) throws UnenforceableConsent {
        return codesOf(actor.getRole()).stream()
                .map(Coding::code)
                .filter(code -> RECIPIENT_ROLES.contains(code) || ORIGIN_ROLES.contains(code))
                .findFirst()
                .orElseThrow(() -> new UnenforceableConsent(
                        path + ".actor.role",
                        "is none of IRCP, PRCP, GRANTEE (who asks), AUT, CST (where data is from)"));
    }

    private static TimeSpan periodOf(ProvisionComponent component) {
        var span = component.hasPeriod() ? ClinicalDates.spanOf(component.getPeriod()) : null;
        return span == null ? TimeSpan.ALWAYS : span;
    }

    private static void refuseModifiersOf(Consent consent) throws UnenforceableConsent {
        if (consent.hasImplicitRules()) {
            throw new UnenforceableConsent("Consent.implicitRules", "changes the meaning in a way unknown here");
        }
        refuseModifiers(consent.hasModifierExtension(), "Consent");
        refuseModifiers(consent.getPolicy().stream().anyMatch(BackboneElement::hasModifierExtension), "Consent.policy");
        refuseModifiers(
                consent.getVerification().stream().anyMatch(BackboneElement::hasModifierExtension),
                "Consent.verification");
    }

    private static void refuseModifiers(boolean present, String path) throws UnenforceableConsent {
        if (present) {
            throw new UnenforceableConsent(path + ".modifierExtension", "changes the meaning in a way unknown here");
        }
    }

    /** Words alone would be no criterion at all, and so hold for everything. */
    private static List<Coding> codesOf(List<CodeableConcept> concepts, String path) throws UnenforceableConsent {
        var codes = concepts.stream().map(ConsentReader::codesOf).toList();
        if (codes.contains(List.<Coding>of())) {
            throw new UnenforceableConsent(path, "has no code");
        }
        return codes.stream().flatMap(List::stream).toList();
    }

    private static List<Coding> codesOf(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(org.hl7.fhir.r4.model.Coding::hasCode)
                .map(coding -> new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()))
                .toList();
    }
}
