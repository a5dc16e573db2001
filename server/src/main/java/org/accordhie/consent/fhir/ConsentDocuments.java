package org.accordhie.consent.fhir;

import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The papers of a consent, kept inside it: a form tells what its patient hides, and so goes to those who may read the consent
 * and to nobody else.
 */
public final class ConsentDocuments {

    /** R4 has room for one source. Source: FHIR R5 {@code Consent.sourceReference}, as R4 carries it. */
    public static final String FURTHER_SOURCE =
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-Consent.sourceReference";

    private ConsentDocuments() {}

    /** Whether it is a paper that a consent may have. Source: HL7 FAST Consent, the parameter {@code document}. */
    public static boolean isDocument(Resource resource) {
        return resource instanceof DocumentReference || resource instanceof QuestionnaireResponse;
    }

    /**
     * Puts a document into the consent, as its source if it names no other.
     *
     * @param name what it is called inside, different from all others
     */
    public static void add(Consent consent, Resource document, String name) {
        var kept = document.copy();
        var source = consent.hasSourceReference() ? consent.getSourceReference() : null;
        var named = source == null
                || (document.getIdElement().hasIdPart()
                        && source.getReferenceElement().getIdPart() != null
                        && source.getReferenceElement()
                                .getIdPart()
                                .equals(document.getIdElement().getIdPart()));
        kept.setId(name);
        consent.addContained(kept);
        var reference = new Reference("#" + name);
        if (named && !consent.hasSourceAttachment()) {
            consent.setSource(reference);
        } else {
            consent.addExtension(new Extension(FURTHER_SOURCE, reference));
        }
    }
}
