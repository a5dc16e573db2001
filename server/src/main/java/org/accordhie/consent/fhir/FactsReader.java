package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Extracts the facts that a decision may know of a resource: the one extractor, used when it is written and when it leaves. */
public final class FactsReader {

    private final FhirTerser terser;
    private final ClinicalDates dates;
    private final String base;

    /**
     * Reads resources of one server.
     *
     * @param base the server's own address, which absolute references may carry
     */
    public FactsReader(FhirContext context, String base) {
        terser = context.newTerser();
        dates = new ClinicalDates(context);
        this.base = base;
    }

    /** The facts of a resource that has an id and a version. */
    public ResourceFacts read(Resource resource) {
        var labels = resource.getMeta().getSecurity();
        return new ResourceFacts(
                resource.fhirType(),
                resource.getIdElement().getIdPart(),
                versionOf(resource),
                patientsOf(resource),
                compartmentsOf(resource),
                codesOf(resource),
                resource.getMeta().getProfile().stream()
                        .map(CanonicalType::getValue)
                        .collect(Collectors.toSet()),
                labels.stream()
                        .filter(label -> SecurityLabel.SENSITIVITY_SYSTEM.equals(label.getSystem()))
                        .map(org.hl7.fhir.r4.model.Coding::getCode)
                        .collect(Collectors.toSet()),
                labels.stream()
                        .filter(label -> Confidentiality.SYSTEM.equals(label.getSystem()))
                        .flatMap(label -> Confidentiality.ofCode(label.getCode()).stream())
                        .max(Confidentiality::compareTo)
                        .orElse(Confidentiality.N),
                dates.of(resource),
                sourceOf(resource));
    }

    private static long versionOf(Resource resource) {
        var version = resource.getIdElement().getVersionIdPartAsLong();
        if (version != null) {
            return version;
        }
        return resource.getMeta().hasVersionId()
                ? Long.parseLong(resource.getMeta().getVersionId())
                : 1;
    }

    /** Every patient, in whatever element it is named. */
    private Set<String> patientsOf(Resource resource) {
        var patients = terser.getAllPopulatedChildElementsOfType(resource, Reference.class).stream()
                .map(Reference::getReferenceElement)
                .filter(id -> "Patient".equals(id.getResourceType()) && isOurs(id))
                .map(id -> "Patient/" + id.getIdPart())
                .collect(Collectors.toCollection(HashSet::new));
        if (resource.fhirType().equals("Patient")) {
            patients.add(resource.getIdElement().toUnqualifiedVersionless().getValue());
        }
        return patients;
    }

    private boolean isOurs(IIdType id) {
        return !id.isAbsolute() || base.equals(id.getBaseUrl());
    }

    /** A Patient lies in its own compartment, which the compartment's definition says in words only. */
    private Set<String> compartmentsOf(Resource resource) {
        var owners = terser.getCompartmentOwnersForResource("Patient", resource, Set.of()).stream()
                .map(id -> "Patient/" + id.getIdPart())
                .collect(Collectors.toCollection(HashSet::new));
        if (resource.fhirType().equals("Patient")) {
            owners.add(resource.getIdElement().toUnqualifiedVersionless().getValue());
        }
        return owners;
    }

    private Set<Coding> codesOf(Resource resource) {
        return terser.getAllPopulatedChildElementsOfType(resource, org.hl7.fhir.r4.model.Coding.class).stream()
                .filter(coding ->
                        coding.hasCode() && !resource.getMeta().getSecurity().contains(coding))
                .map(coding -> new Coding(coding.hasSystem() ? coding.getSystem() : "", coding.getCode()))
                .collect(Collectors.toSet());
    }

    private String sourceOf(Resource resource) {
        var source = resource.getMeta().getSource();
        if (source == null || !source.startsWith(base + "/Organization/")) {
            return "";
        }
        var fragment = source.indexOf('#');
        return source.substring(base.length() + 1, fragment < 0 ? source.length() : fragment);
    }
}
