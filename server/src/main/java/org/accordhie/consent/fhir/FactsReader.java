package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.redaction.fhir.InlineLabels.Labelled;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.LabelledPart;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Extracts the facts that a decision may know of a resource: the one extractor, used when it is written and when it leaves. */
public final class FactsReader {

    private final FhirContext context;
    private final FhirTerser terser;
    private final ClinicalDates dates;
    private final Authors authors;
    private final String base;
    private final UnaryOperator<Set<String>> above;

    /**
     * Reads resources of one server.
     *
     * @param base the server's own address, which absolute references may carry
     * @param above organisations to themselves and every organisation above them
     */
    public FactsReader(FhirContext context, String base, UnaryOperator<Set<String>> above) {
        this.context = context;
        terser = context.newTerser();
        dates = new ClinicalDates(context);
        authors = new Authors(context);
        this.base = base;
        this.above = above;
    }

    /**
     * The facts of a resource that has an id and a version. Whose it is, and what it is labelled with, the whole of it says;
     * everything else what is left without its labelled elements.
     */
    public ResourceFacts read(Resource resource) {
        var all = partsOf(resource).toList();
        var labelled =
                all.stream().anyMatch(InlineLabels::isLabelled) ? InlineLabels.in(resource) : List.<Labelled>of();
        var open = labelled.isEmpty() ? resource : InlineLabels.without(context, resource);
        var parts = labelled.isEmpty() ? all : partsOf(open).toList();
        var patients = patientsOf(resource, all);
        return new ResourceFacts(
                resource.fhirType(),
                resource.getIdElement().getIdPart(),
                versionOf(resource),
                patients,
                compartmentsOf(resource, patients),
                codesOf(open, parts),
                documentTypesOf(open),
                resource.getMeta().getProfile().stream()
                        .filter(CanonicalType::hasValue)
                        .map(CanonicalType::getValue)
                        .collect(Collectors.toSet()),
                labelsOf(resource, inline(labelled)),
                dates.of(open),
                originOf(resource, open),
                referencesOf(parts));
    }

    private Set<LabelledPart> inline(List<Labelled> labelled) {
        var parts = new HashMap<ElementLabels, List<Base>>();
        labelled.forEach(each -> parts.computeIfAbsent(each.labels(), any -> new ArrayList<>())
                .addAll(partsOf(each.element()).toList()));
        return parts.entrySet().stream()
                .map(each -> new LabelledPart(
                        each.getKey(),
                        codings(every(org.hl7.fhir.r4.model.Coding.class, each.getValue())),
                        referencesOf(each.getValue())))
                .collect(Collectors.toSet());
    }

    private static Labels labelsOf(Resource resource, Set<LabelledPart> inline) {
        var labels = resource.getMeta().getSecurity();
        return new Labels(
                labels.stream()
                        .filter(label -> SecurityLabel.isSensitivity(label.getSystem(), label.getCode()))
                        .map(org.hl7.fhir.r4.model.Coding::getCode)
                        .collect(Collectors.toSet()),
                labels.stream()
                        .filter(label -> Confidentiality.SYSTEM.equals(label.getSystem()))
                        .flatMap(label -> Confidentiality.ofCode(label.getCode()).stream())
                        .max(Confidentiality::compareTo)
                        .orElse(Confidentiality.N),
                inline);
    }

    private Origin originOf(Resource resource, Resource open) {
        var source = sourceOf(resource);
        var organizations = source.isEmpty() ? Set.<String>of() : above.apply(Set.of(source));
        return new Origin(source, organizations, addresses(ours(authors.of(open))));
    }

    /**
     * A reference to a resource of this server.
     *
     * @param reference the element
     * @param address what it refers to, as {@code [type]/[id]}
     */
    public record Referred(Reference reference, String address) {}

    /** Every reference to a resource of this server, wherever in a resource it stands. */
    public Stream<Referred> references(Resource resource) {
        return ours(every(Reference.class, partsOf(resource).toList()));
    }

    private Set<String> referencesOf(List<Base> parts) {
        return addresses(ours(every(Reference.class, parts)));
    }

    private static Set<String> addresses(Stream<Referred> references) {
        return references.map(Referred::address).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Referred> ours(Stream<Reference> references) {
        return references.flatMap(reference -> {
            var id = reference.getReferenceElement();
            return id.hasResourceType() && id.hasIdPart() && isOurs(id)
                    ? Stream.of(new Referred(reference, id.getResourceType() + "/" + id.getIdPart()))
                    : Stream.empty();
        });
    }

    private static Set<Coding> documentTypesOf(Resource resource) {
        var type = resource instanceof DocumentReference document ? document.getType() : null;
        return type == null ? Set.of() : Set.copyOf(new HashSet<>(CriteriaReader.codesOf(type)));
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

    /** Every element, those of contained resources and of extensions of primitives too, but nothing in a bundle's entries. */
    private static Stream<Base> partsOf(Base element) {
        return Stream.concat(
                Stream.of(element),
                element.children().stream()
                        .filter(child -> !(element instanceof BundleEntryComponent))
                        .flatMap(child -> child.getValues().stream())
                        .filter(child -> !InlineLabels.isLabel(child))
                        .flatMap(FactsReader::partsOf));
    }

    /** Every patient, in whatever element it is named. */
    private Set<String> patientsOf(Resource resource, List<Base> parts) {
        var patients = every(Reference.class, parts)
                .map(Reference::getReferenceElement)
                .filter(id -> "Patient".equals(id.getResourceType()) && isOurs(id))
                .map(id -> "Patient/" + id.getIdPart())
                .collect(Collectors.toCollection(HashSet::new));
        if (resource.fhirType().equals("Patient")) {
            patients.add("Patient/" + resource.getIdElement().getIdPart());
        }
        return patients;
    }

    private static <T> Stream<T> every(Class<T> type, List<Base> parts) {
        return parts.stream().filter(type::isInstance).map(type::cast);
    }

    private boolean isOurs(IIdType id) {
        return !id.isAbsolute() || base.equals(id.getBaseUrl());
    }

    /** The owners are told without their servers and whatever their type, so only those count that are our patients. */
    private Set<String> compartmentsOf(Resource resource, Set<String> patients) {
        var compartments = terser.getCompartmentOwnersForResource("Patient", resource, Set.of()).stream()
                .filter(id -> "Patient".equals(id.getResourceType()))
                .map(id -> "Patient/" + id.getIdPart())
                .filter(patients::contains)
                .collect(Collectors.toCollection(HashSet::new));
        if (resource.fhirType().equals("Patient")) {
            compartments.add("Patient/" + resource.getIdElement().getIdPart());
        }
        return compartments;
    }

    private static Set<Coding> codesOf(Resource resource, List<Base> parts) {
        var labels = resource.getMeta().getSecurity();
        return codings(every(org.hl7.fhir.r4.model.Coding.class, parts).filter(coding -> !labels.contains(coding)));
    }

    private static Set<Coding> codings(Stream<org.hl7.fhir.r4.model.Coding> codings) {
        return codings.filter(org.hl7.fhir.r4.model.Coding::hasCode)
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
