package org.accordhie.labels.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.labels.LabelRules;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Labels resources when they are written. A source may add a sensitivity or a higher confidentiality; what the rules find
 * stays whatever the source says. Thread-safe.
 */
@Component
public final class Labeller {

    private final FhirTerser terser;

    Labeller(FhirContext context) {
        terser = context.newTerser();
    }

    /** Adds the labels of the rules to a resource, and a confidentiality that fits them. */
    public void label(Resource resource) {
        var found = LabelRules.sensitivitiesOf(codesOf(resource), textsOf(resource));
        var meta = resource.getMeta();
        found.stream()
                .sorted()
                .filter(code -> meta.getSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code) == null)
                .forEach(code -> meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code, null));
        if (hasSensitivity(meta) && !isRestricted(meta)) {
            meta.getSecurity().removeIf(label -> Confidentiality.SYSTEM.equals(label.getSystem()));
            meta.addSecurity(Confidentiality.SYSTEM, Confidentiality.R.name(), null);
        }
    }

    /** Adds labels that the resource must keep or takes over from another; none is ever taken away. */
    public void add(Resource resource, Collection<String> sensitivities, Confidentiality confidentiality) {
        var meta = resource.getMeta();
        sensitivities.stream()
                .sorted()
                .filter(code -> meta.getSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code) == null)
                .forEach(code -> meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code, null));
        if (confidentiality.isAtLeast(Confidentiality.R)
                && meta.getSecurity(Confidentiality.SYSTEM, confidentiality.name()) == null) {
            meta.addSecurity(Confidentiality.SYSTEM, confidentiality.name(), null);
        }
    }

    /** The sensitivities a resource is labelled with. */
    public static Set<String> sensitivitiesOf(Resource resource) {
        return resource.getMeta().getSecurity().stream()
                .filter(label -> SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem()) && label.hasCode())
                .map(org.hl7.fhir.r4.model.Coding::getCode)
                .collect(Collectors.toSet());
    }

    private static boolean hasSensitivity(Meta meta) {
        return meta.getSecurity().stream()
                .anyMatch(label -> SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem()));
    }

    private static boolean isRestricted(Meta meta) {
        return meta.getSecurity().stream()
                .filter(label -> Confidentiality.SYSTEM.equals(label.getSystem()))
                .flatMap(label -> Confidentiality.ofCode(label.getCode()).stream())
                .anyMatch(level -> level.isAtLeast(Confidentiality.R));
    }

    private List<Coding> codesOf(Resource resource) {
        return terser.getAllPopulatedChildElementsOfType(resource, org.hl7.fhir.r4.model.Coding.class).stream()
                .filter(org.hl7.fhir.r4.model.Coding::hasCode)
                .map(coding -> new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()))
                .toList();
    }

    private List<String> textsOf(Resource resource) {
        var texts = new ArrayList<String>(new HashSet<String>());
        terser.getAllPopulatedChildElementsOfType(resource, org.hl7.fhir.r4.model.Coding.class)
                .forEach(coding -> add(texts, coding.getDisplay()));
        terser.getAllPopulatedChildElementsOfType(resource, CodeableConcept.class)
                .forEach(concept -> add(texts, concept.getText()));
        terser.getAllPopulatedChildElementsOfType(resource, Reference.class)
                .forEach(reference -> add(texts, reference.getDisplay()));
        for (var attachment : terser.getAllPopulatedChildElementsOfType(resource, Attachment.class)) {
            if (attachment.hasData()
                    && attachment.hasContentType()
                    && attachment.getContentType().startsWith("text/")) {
                add(texts, new String(attachment.getData(), StandardCharsets.UTF_8));
            }
        }
        if (resource instanceof DomainResource narrated && narrated.hasText()) {
            add(texts, narrated.getText().getDivAsString());
        }
        return texts;
    }

    private static void add(List<String> texts, @org.jspecify.annotations.Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(text);
        }
    }
}
