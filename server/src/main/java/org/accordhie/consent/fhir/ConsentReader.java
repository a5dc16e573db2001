package org.accordhie.consent.fhir;

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
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;

/**
 * Reads a FHIR Consent as a policy. What cannot be enforced as written is refused with the place and the reason, or, where it
 * is stored already, becomes {@link ConsentPolicy.Uncomputable}.
 */
public final class ConsentReader {

    private static final Set<String> PERMITTING = Set.of("OPTIN", "OPTINR", "IMPLIED");
    private static final Set<String> DENYING = Set.of("OPTOUT", "OPTOUTE");
    private static final Set<String> RECIPIENT_ROLES = Set.of("IRCP", "PRCP", "GRANTEE");
    private static final Set<String> ORIGIN_ROLES = Set.of("AUT", "CST");

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
        refuseModifiers(consent.hasModifierExtension(), "Consent");
        if (!"Patient".equals(consent.getPatient().getReferenceElement().getResourceType())) {
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
        var actions = component.getAction().stream()
                .flatMap(action -> codesOf(action).stream())
                .map(Coding::code)
                .toList();
        return new RequesterCriteria(
                period, actorsOf(component, path, RECIPIENT_ROLES), List.copyOf(purposes), actions);
    }

    private static ResourceCriteria readResource(ProvisionComponent component, String path)
            throws UnenforceableConsent {
        var labels = new HashSet<Coding>();
        for (var label : component.getSecurityLabel()) {
            labels.add(readLabel(label, path));
        }
        var instances = new HashSet<String>();
        for (var data : component.getData()) {
            if (data.getMeaning() != ConsentDataMeaning.INSTANCE) {
                throw new UnenforceableConsent(path + ".data", "only the meaning `instance` is supported");
            }
            instances.add(data.getReference()
                    .getReferenceElement()
                    .toUnqualifiedVersionless()
                    .getValue());
        }
        return new ResourceCriteria(
                Set.copyOf(actorsOf(component, path, ORIGIN_ROLES)),
                component.getClass_().stream()
                        .map(org.hl7.fhir.r4.model.Coding::getCode)
                        .collect(Collectors.toSet()),
                component.getCode().stream()
                        .flatMap(code -> codesOf(code).stream())
                        .collect(Collectors.toSet()),
                labels,
                component.hasDataPeriod() ? ClinicalDates.spanOf(component.getDataPeriod()) : null,
                instances);
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
            var role = roleOf(actor, path);
            var reference = actor.getReference().getReferenceElement();
            if (!reference.hasResourceType() || !reference.hasIdPart()) {
                throw new UnenforceableConsent(path + ".actor", "must have a reference `[type]/[id]`");
            }
            if (roles.contains(role)) {
                actors.add(reference.toUnqualifiedVersionless().getValue());
            }
        }
        return List.copyOf(actors);
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

    private static void refuseModifiers(boolean present, String path) throws UnenforceableConsent {
        if (present) {
            throw new UnenforceableConsent(path + ".modifierExtension", "changes the meaning in a way unknown here");
        }
    }

    private static List<Coding> codesOf(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(org.hl7.fhir.r4.model.Coding::hasCode)
                .map(coding -> new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()))
                .toList();
    }
}
