package org.accordhie.vocabulary;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
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
 * @param profiles canonical addresses in {@code meta.profile}
 * @param sensitivities v3-ActCode sensitivity codes among its security labels
 * @param confidentiality the most protective confidentiality among its labels; N where it has none
 * @param dates when it clinically was; null where it does not say
 * @param source the organisation that pushed it, as {@code Organization/[id]}; empty for the exchange itself
 */
public record ResourceFacts(
        String type,
        String id,
        long version,
        Set<String> patients,
        Set<String> compartments,
        Set<Coding> codes,
        Set<String> profiles,
        Set<String> sensitivities,
        Confidentiality confidentiality,
        @Nullable TimeSpan dates,
        String source) {

    public ResourceFacts {
        patients = sorted(patients);
        compartments = sorted(compartments);
        codes = Set.copyOf(codes);
        profiles = sorted(profiles);
        sensitivities = sorted(sensitivities);
    }

    private static Set<String> sorted(Set<String> values) {
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** The address without the server's base, {@code [type]/[id]}. */
    public String reference() {
        return type + "/" + id;
    }
}
