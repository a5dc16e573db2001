package org.accordhie.vocabulary;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision may know of a resource, extracted once when it is written.
 *
 * @param type the resource type
 * @param id the logical id
 * @param version the version, counted from 1
 * @param patients every patient the resource names, as {@code Patient/[id]}; each must permit
 * @param compartments the patients in whose compartment it lies (R4 CompartmentDefinition/patient)
 * @param codes every coding that says what the resource is about
 * @param documentTypes for a document, the codes of its type; these are among the codes too
 * @param profiles canonical addresses in {@code meta.profile}
 * @param labels its security labels
 * @param dates when it clinically was; null where it does not say
 * @param origin where it came from
 * @param references every resource of this server that it refers to, as {@code [type]/[id]}
 */
public record ResourceFacts(
        String type,
        String id,
        long version,
        Set<String> patients,
        Set<String> compartments,
        Set<Coding> codes,
        Set<Coding> documentTypes,
        Set<String> profiles,
        Labels labels,
        @Nullable TimeSpan dates,
        Origin origin,
        Set<String> references) {

    public ResourceFacts {
        patients = SmallSet.of(patients);
        compartments = SmallSet.of(compartments);
        codes = SmallSet.of(codes, Coding.ORDER);
        documentTypes = SmallSet.of(documentTypes, Coding.ORDER);
        profiles = SmallSet.of(profiles);
        references = SmallSet.of(references);
    }

    /**
     * The security labels of a resource.
     *
     * @param sensitivities v3-ActCode sensitivity codes
     * @param confidentiality the most protective one; N where it has none
     * @param inline what its labelled elements say in addition; nothing of them is among the other facts
     */
    public record Labels(Set<String> sensitivities, Confidentiality confidentiality, Set<LabelledPart> inline) {

        public Labels {
            sensitivities = SmallSet.of(sensitivities);
            // Facts that were stored before elements could be labelled say nothing of them.
            inline = inline == null ? Set.of() : SmallSet.of(inline, Comparator.comparing(LabelledPart::toString));
        }

        /** Labels of a resource whose elements have none. */
        public Labels(Set<String> sensitivities, Confidentiality confidentiality) {
            this(sensitivities, confidentiality, Set.of());
        }

        /** Those of the resource alone. */
        public Labels ofResource() {
            return inline.isEmpty() ? this : new Labels(sensitivities, confidentiality);
        }

        private Labels with(ElementLabels carried) {
            var all = new ElementLabels(sensitivities, confidentiality).with(carried);
            return new Labels(all.sensitivities(), all.confidentiality());
        }
    }

    /**
     * The elements of a resource that carry the same labels.
     *
     * @param labels their labels
     * @param codes every coding in them
     * @param references every resource of this server that they refer to, as {@code [type]/[id]}
     */
    public record LabelledPart(ElementLabels labels, Set<Coding> codes, Set<String> references) {

        public LabelledPart {
            codes = SmallSet.of(codes, Coding.ORDER);
            references = SmallSet.of(references);
        }
    }

    /**
     * Where a resource came from.
     *
     * @param source the organisation that pushed it, as {@code Organization/[id]}; empty for the exchange itself
     * @param organizations that organisation and every organisation above it
     * @param authors who wrote it, by its own account, as {@code [type]/[id]}
     */
    public record Origin(String source, Set<String> organizations, Set<String> authors) {

        public Origin {
            organizations = SmallSet.of(organizations);
            authors = SmallSet.of(authors);
        }

        /** Written by the exchange itself. */
        public static final Origin EXCHANGE = new Origin("", Set.of(), Set.of());
    }

    /** As the resource would be if it carried the labels of a part itself, and said openly what the part says. */
    public ResourceFacts with(LabelledPart part) {
        return new ResourceFacts(
                type,
                id,
                version,
                patients,
                compartments,
                union(codes, part.codes()),
                documentTypes,
                profiles,
                labels.with(part.labels()),
                dates,
                origin,
                union(references, part.references()));
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** Every resource of this server that it refers to, in labelled elements too. */
    public Set<String> allReferences() {
        var all = new HashSet<>(references);
        labels.inline().forEach(part -> all.addAll(part.references()));
        return all;
    }

    /** The address without the server's base, {@code [type]/[id]}. */
    public String reference() {
        return type + "/" + id;
    }

    /** The organisation that pushed it; empty for the exchange itself. */
    public String source() {
        return origin.source();
    }

    /** Its v3-ActCode sensitivity codes. */
    public Set<String> sensitivities() {
        return labels.sensitivities();
    }

    /** The most protective confidentiality among its labels. */
    public Confidentiality confidentiality() {
        return labels.confidentiality();
    }
}
