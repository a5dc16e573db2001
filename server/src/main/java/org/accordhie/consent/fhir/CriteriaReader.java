package org.accordhie.consent.fhir;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.DataReference;
import org.accordhie.consent.LabelCriteria;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.UriType;

/** Reads the criteria of a provision but for its actors. */
final class CriteriaReader {

    /**
     * On a concept of {@code Consent.provision.code}, the address of a value set whose members it stands for. FHIR R4 has no
     * element for it.
     */
    static final String VALUE_SET = "https://accordhie.org/fhir/StructureDefinition/provision-code-value-set";

    private static final Set<String> ACTIONS = Set.of("collect", "access", "use", "disclose", "correct");
    private static final String TYPES_SYSTEM = "http://hl7.org/fhir/resource-types";
    private static final Set<String> TYPES =
            Arrays.stream(ResourceType.values()).map(ResourceType::name).collect(Collectors.toSet());

    private CriteriaReader() {}

    static List<PurposeOfUse> purposes(ProvisionComponent component, String path, Problems problems) {
        var purposes = new HashSet<PurposeOfUse>();
        for (int index = 0; index < component.getPurpose().size(); index++) {
            var purpose = component.getPurpose().get(index);
            var known = PurposeOfUse.ofCode(String.valueOf(purpose.getCode()))
                    .filter(any -> PurposeOfUse.SYSTEM.equals(purpose.getSystem()));
            if (known.isEmpty()) {
                problems.add(path + ".purpose[" + index + "]", "is not a purpose of use of " + PurposeOfUse.SYSTEM);
            }
            known.ifPresent(purposes::add);
        }
        return List.copyOf(purposes);
    }

    static List<String> actions(ProvisionComponent component, String path, Problems problems) {
        var actions = new HashSet<String>();
        for (int index = 0; index < component.getAction().size(); index++) {
            var codes = codesOf(component.getAction().get(index));
            if (codes.isEmpty() || !codes.stream().allMatch(code -> ACTIONS.contains(code.code()))) {
                problems.add(
                        path + ".action[" + index + "]",
                        "is not an action of consentaction: collect, access, use, disclose, correct");
            }
            codes.forEach(code -> actions.add(code.code()));
        }
        return List.copyOf(actions);
    }

    static DataClasses classes(ProvisionComponent component, String path, Problems problems) {
        var types = new HashSet<String>();
        var profiles = new HashSet<String>();
        var documents = new HashSet<Coding>();
        for (int index = 0; index < component.getClass_().size(); index++) {
            var coding = component.getClass_().get(index);
            if (namesType(coding)) {
                types.add(coding.getCode());
            } else if (isAddress(String.valueOf(coding.getCode()))) {
                profiles.add(coding.getCode());
            } else if (coding.hasCode()
                    && coding.hasSystem()
                    && !coding.getSystem().equals(TYPES_SYSTEM)) {
                documents.add(new Coding(coding.getSystem(), coding.getCode()));
            } else {
                problems.add(
                        path + ".class[" + index + "]",
                        "is neither a resource type, nor the address of a profile, nor a type of document with its system");
            }
        }
        return new DataClasses(types, profiles, documents);
    }

    private static boolean namesType(org.hl7.fhir.r4.model.Coding coding) {
        return (!coding.hasSystem() || coding.getSystem().equals(TYPES_SYSTEM)) && TYPES.contains(coding.getCode());
    }

    private static boolean isAddress(String code) {
        return code.startsWith("http://") || code.startsWith("https://") || code.startsWith("urn:");
    }

    static DataCodes codes(ProvisionComponent component, String path, Problems problems) {
        var codes = new HashSet<Coding>();
        var valueSets = new HashSet<String>();
        for (int index = 0; index < component.getCode().size(); index++) {
            var concept = component.getCode().get(index);
            var valueSet = valueSetOf(concept);
            var named = codesOf(concept);
            if (named.isEmpty() && valueSet.isEmpty()) {
                // Words alone would be no criterion at all, and so hold for everything.
                problems.add(path + ".code[" + index + "]", "has no code");
            }
            codes.addAll(named);
            valueSet.ifPresent(valueSets::add);
        }
        return new DataCodes(codes, valueSets);
    }

    private static Optional<String> valueSetOf(CodeableConcept concept) {
        return Optional.ofNullable(concept.getExtensionByUrl(VALUE_SET))
                .map(extension -> extension.getValue() instanceof UriType uri ? uri.getValue() : null)
                .filter(address -> !address.isBlank());
    }

    static LabelCriteria labels(ProvisionComponent component, String path, Problems problems) {
        var sensitivities = new HashSet<String>();
        var levels = new HashSet<Confidentiality>();
        for (int index = 0; index < component.getSecurityLabel().size(); index++) {
            var label = component.getSecurityLabel().get(index);
            var code = String.valueOf(label.getCode());
            var level = Confidentiality.ofCode(code);
            if (Confidentiality.SYSTEM.equals(label.getSystem()) && level.isPresent()) {
                levels.add(level.get());
            } else if (SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem()) && label.hasCode()) {
                sensitivities.add(code);
            } else {
                problems.add(
                        path + ".securityLabel[" + index + "]",
                        "is neither a v3-Confidentiality nor a v3-ActCode sensitivity");
            }
        }
        return new LabelCriteria(sensitivities, levels);
    }

    static Set<DataReference> data(ProvisionComponent component, String path, Problems problems) {
        var references = new HashSet<DataReference>();
        for (int index = 0; index < component.getData().size(); index++) {
            var data = component.getData().get(index);
            var at = path + ".data[" + index + "]";
            Modifiers.check(data, at, problems);
            var meaning = meaningOf(data, at, problems);
            if (!ActorReader.namesHere(data.getReference(), TYPES)) {
                problems.add(at + ".reference", "must be a reference `[type]/[id]`");
            } else if (meaning.isPresent()) {
                references.add(new DataReference(meaning.get(), ActorReader.nameOf(data.getReference())));
            }
        }
        return references;
    }

    private static Optional<DataReference.Meaning> meaningOf(
            provisionDataComponent data, String path, Problems problems) {
        var meaning = data.getMeaning();
        if (meaning == null || meaning == ConsentDataMeaning.NULL) {
            problems.add(path + ".meaning", "must be one of instance, related, dependents, authoredby");
            return Optional.empty();
        }
        return Optional.of(DataReference.Meaning.valueOf(meaning.name()));
    }

    static List<Coding> codesOf(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(org.hl7.fhir.r4.model.Coding::hasCode)
                .map(coding -> new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()))
                .toList();
    }
}
