package org.accordhie.vocabulary;

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
     */
    public record Labels(Set<String> sensitivities, Confidentiality confidentiality) {

        public Labels {
            sensitivities = SmallSet.of(sensitivities);
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
