package org.accordhie.labels.fhir;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.accordhie.labels.fhir.ResourceParts.Part;
import org.accordhie.vocabulary.Coding;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What the rules read of a resource: its codes, and its words in whatever element they stand. */
final class ResourceContent {

    /** A ward's name says nothing about a patient, so the texts of these are not read. */
    private static final Set<String> DIRECTORY =
            Set.of("Endpoint", "HealthcareService", "Location", "Organization", "Practitioner", "PractitionerRole");

    private ResourceContent() {}

    static Set<Coding> codesOf(Part part) {
        var codes = new HashSet<Coding>();
        walk(part, part.root(), part.root(), (parent, element) -> {
            if (element instanceof org.hl7.fhir.r4.model.Coding coding && coding.hasCode()) {
                codes.add(new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()));
            }
        });
        return codes;
    }

    static Set<String> textsOf(Part part) {
        var texts = new HashSet<String>();
        var onlyNamesOfThings = DIRECTORY.contains(part.whole().fhirType());
        walk(part, part.root(), part.root(), (parent, element) -> {
            if (!(element instanceof StringType text)) {
                addLongText(texts, element);
            } else if (!(element instanceof CodeType) && (!onlyNamesOfThings || isNameOfThing(parent))) {
                add(texts, text.getValue());
            }
        });
        return texts;
    }

    private static void addLongText(Set<String> texts, Base element) {
        if (element instanceof Attachment attachment && attachment.hasData()) {
            addData(texts, attachment.getContentType(), attachment.getData());
        } else if (element instanceof Binary binary && binary.hasData()) {
            addData(texts, binary.getContentType(), binary.getData());
        } else if (element instanceof Narrative narrative) {
            add(texts, narrative.getDivAsString());
        }
    }

    private static boolean isNameOfThing(Base parent) {
        return parent instanceof CodeableConcept
                || parent instanceof org.hl7.fhir.r4.model.Coding
                || parent instanceof Reference;
    }

    /** Every element with its parent, contained resources included; not who somebody is, and not the labels themselves. */
    private static void walk(Part part, Base parent, Base element, BiConsumer<Base, Base> visitor) {
        if (element instanceof Meta || isIdentity(element) || !part.holds(element)) {
            return;
        }
        visitor.accept(parent, element);
        for (var property : element.children()) {
            property.getValues().forEach(child -> walk(part, element, child, visitor));
        }
    }

    private static boolean isIdentity(Base element) {
        return element instanceof HumanName
                || element instanceof Address
                || element instanceof ContactPoint
                || element instanceof Identifier;
    }

    private static void addData(Set<String> texts, @Nullable String contentType, byte[] data) {
        if (contentType != null && contentType.startsWith("text/")) {
            add(texts, new String(data, StandardCharsets.UTF_8));
        }
    }

    private static void add(Set<String> texts, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(text);
        }
    }
}
