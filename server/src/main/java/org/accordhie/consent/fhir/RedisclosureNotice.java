package org.accordhie.consent.fhir;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.Relation;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SecurityLabel;
import org.accordhie.vocabulary.Sensitivity;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Meta;

/**
 * What goes with records of substance use when they are disclosed. Source: 42 CFR 2.32 (the text of the notice); HL7 v3 ActCode (the
 * labels); HL7 DS4P 1.0.0, "Display" (where it stands).
 */
public final class RedisclosureNotice {

    /** The law itself, as a policy. */
    static final String LAW = "42CFRPart2";

    /** No redisclosure without the patient's consent. */
    static final String REFRAIN = "NORDSCLCD";

    private static final String DISPLAY =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-display";

    private static final String TEXT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

    private RedisclosureNotice() {}

    /**
     * Whether what is told to this requester is a disclosure that the notice goes with: not to its author, nor to the patient.
     *
     * @param redacted labels whose elements are taken out, of which nothing may be told
     */
    public static boolean isDue(Requester requester, ResourceFacts facts, Set<ElementLabels> redacted) {
        var told = Stream.concat(
                facts.labels().sensitivities().stream(),
                facts.labels().inline().stream()
                        .filter(part -> !redacted.contains(part.labels()))
                        .flatMap(part -> part.labels().sensitivities().stream()));
        return requester.patient() == null
                && Relation.of(requester, facts) != Relation.AUTHOR
                && told.anyMatch(RedisclosureNotice::isProtected);
    }

    private static boolean isProtected(String label) {
        return label.equals(LAW) || Sensitivity.isWithin(label, "ETH") || Sensitivity.isWithin(label, "SUD");
    }

    /** Adds the labels that are not there, and the notice. */
    public static void add(Meta meta) {
        label(meta, LAW);
        label(meta, REFRAIN);
        meta.addExtension(DISPLAY, new Annotation().setText(TEXT));
    }

    private static void label(Meta meta, String code) {
        var isThere = meta.getSecurity().stream().anyMatch(each -> Objects.equals(each.getCode(), code));
        if (!isThere) {
            meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code, null);
        }
    }
}
