package org.accordhie.redaction.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The security labels that elements carry. Nothing in {@code meta} is looked at, and a label on a resource itself belongs into
 * its {@code meta.security}.
 *
 * <p>Source: HL7 DS4P 1.0.0, {@code extension-inline-sec-label}.
 */
public final class InlineLabels {

    /** The extension's address. */
    public static final String EXTENSION =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label";

    private InlineLabels() {}

    /**
     * An element that carries labels.
     *
     * @param element the element; of the resource that was asked about
     * @param labels its labels, with those of the elements it stands in
     */
    public record Labelled(Base element, ElementLabels labels) {}

    /** The labelled elements of a resource, contained resources included. */
    public static List<Labelled> in(Resource resource) {
        var found = new ArrayList<Labelled>();
        walk(resource, ElementLabels.NONE, found);
        return found;
    }

    private static void walk(Base element, ElementLabels outer, List<Labelled> found) {
        for (var property : element.children()) {
            for (var child : property.getValues()) {
                if (child == null || child instanceof Meta || isLabel(child)) {
                    continue;
                }
                var own = labelsOn(child);
                var labels = own == null ? outer : outer.with(own);
                if (own != null) {
                    found.add(new Labelled(child, labels));
                }
                walk(child, labels, found);
            }
        }
    }

    /** The labels that stand inline on a resource as a whole. */
    public static ElementLabels on(Resource resource) {
        return Objects.requireNonNullElse(labelsOn(resource), ElementLabels.NONE);
    }

    /** Whether an element carries a label by itself. */
    public static boolean isLabelled(Base element) {
        return element instanceof Element some
                ? some.hasExtension(EXTENSION)
                : element instanceof DomainResource resource && resource.hasExtension(EXTENSION);
    }

    /** Whether an element is itself a label of another. */
    public static boolean isLabel(Base element) {
        return element instanceof Extension extension && EXTENSION.equals(extension.getUrl());
    }

    /** The labels that an element carries by itself; null where it carries none. */
    private static @Nullable ElementLabels labelsOn(Base element) {
        var extensions = element instanceof Element some
                ? some.getExtension()
                : element instanceof DomainResource resource ? resource.getExtension() : List.<Extension>of();
        var values = extensions.stream()
                .filter(InlineLabels::isLabel)
                .map(Extension::getValue)
                .toList();
        return values.isEmpty() ? null : read(values);
    }

    private static @Nullable ElementLabels read(List<? extends @Nullable Base> values) {
        var sensitivities = new TreeSet<String>();
        var level = Confidentiality.U;
        for (var value : values) {
            var confidentiality = Confidentiality.U;
            if (value instanceof Coding label && SecurityLabel.isSensitivity(label.getSystem(), label.getCode())) {
                sensitivities.add(label.getCode());
            } else {
                confidentiality = levelOf(value);
            }
            level = confidentiality.isAtLeast(level) ? confidentiality : level;
        }
        return new ElementLabels(sensitivities, level);
    }

    /** What cannot be understood is taken for the most protective one. */
    private static Confidentiality levelOf(@Nullable Base value) {
        return value instanceof Coding label && label.hasCode() && Confidentiality.SYSTEM.equals(label.getSystem())
                ? Confidentiality.ofCode(label.getCode()).orElse(Confidentiality.V)
                : Confidentiality.V;
    }

    /** A copy of the resource without its labelled elements; the resource itself where it has none. */
    public static Resource without(FhirContext context, Resource resource) {
        if (in(resource).isEmpty()) {
            return resource;
        }
        var copy = resource.copy();
        new ElementRemoval(context).remove(copy, elements(copy, in(copy), any -> true));
        if (copy instanceof DomainResource narrated) {
            narrated.setText(null);
        }
        return copy;
    }

    /** Those of the labelled elements that are chosen, and the references to contained resources among them. */
    public static Set<Base> elements(
            Resource resource, Collection<Labelled> labelled, Predicate<ElementLabels> isChosen) {
        Set<Base> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        labelled.stream().filter(each -> isChosen.test(each.labels())).forEach(each -> chosen.add(each.element()));
        var contained = new TreeSet<String>();
        chosen.stream()
                .filter(Resource.class::isInstance)
                .map(each -> "#" + ((Resource) each).getIdElement().getIdPart().replaceFirst("^#", ""))
                .forEach(contained::add);
        if (!contained.isEmpty()) {
            collect(resource, contained, chosen);
        }
        return chosen;
    }

    private static void collect(Base element, Set<String> names, Set<Base> chosen) {
        if (element instanceof Reference reference
                && reference.getReference() != null
                && names.contains(reference.getReference())) {
            chosen.add(reference);
        }
        element.children().forEach(property -> property.getValues().forEach(child -> collect(child, names, chosen)));
    }
}
