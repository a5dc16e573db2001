package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.Category;
import org.accordhie.consent.NamedElement;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** Elements by name: which may be named, and where they stand in a resource. */
public final class NamedElements {

    /** Ends the name of an element that has one of several types. */
    private static final String CHOICE = "[x]";

    private static final String FORM = "[A-Z][A-Za-z]*(\\.[a-z][A-Za-z0-9]*)+";
    private static final Set<String> TYPES =
            Arrays.stream(ResourceType.values()).map(ResourceType::name).collect(Collectors.toSet());

    /** What a decision rests on, or could be anything. */
    private static final Set<String> FIXED =
            Set.of("id", "meta", "implicitRules", "contained", "extension", "modifierExtension");

    private NamedElements() {}

    /** The elements of a resource, and of those contained in it, that are named. */
    public static List<Base> in(Resource resource, Collection<NamedElement> named) {
        return named.isEmpty() ? List.of() : find(resource, named).toList();
    }

    private static Stream<Base> find(Resource resource, Collection<NamedElement> named) {
        var here = named.stream()
                .filter(each -> each.type().equals(resource.fhirType()))
                .flatMap(each -> below(resource, each.path()));
        return Stream.concat(here, containedIn(resource).flatMap(each -> find(each, named)));
    }

    /**
     * Whether a resource says something that is named, or may say it in its narrative.
     *
     * @param named elements of any types
     */
    public static boolean concern(Resource resource, Collection<NamedElement> named) {
        if (named.isEmpty()) {
            return false;
        }
        var narrates = resource instanceof DomainResource holder && holder.hasText();
        var isOfType = Stream.concat(Stream.of(resource), containedIn(resource))
                .anyMatch(each -> named.stream().anyMatch(one -> one.type().equals(each.fhirType())));
        return isOfType && (narrates || !in(resource, named).isEmpty());
    }

    private static Stream<Base> below(Base element, List<String> path) {
        if (path.isEmpty()) {
            return Stream.of(element);
        }
        return element.children().stream()
                .filter(property -> property.getName().replace(CHOICE, "").equals(path.get(0)))
                .flatMap(property -> property.getValues().stream())
                .flatMap(value -> below(value, path.subList(1, path.size())));
    }

    private static Stream<Resource> containedIn(Resource resource) {
        return resource instanceof DomainResource holder ? holder.getContained().stream() : Stream.of();
    }

    /**
     * Reads the name of an element that a policy may take out.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    static NamedElement read(String name, String place) throws UnenforceableConsent {
        if (!name.matches(FORM)) {
            throw new UnenforceableConsent(place, "must be the path of an element, such as `Patient.telecom`");
        }
        var path = List.of(name.split("\\."));
        var named = new NamedElement(path.get(0), path.subList(1, path.size()));
        if (!TYPES.contains(named.type())) {
            throw new UnenforceableConsent(place, "names `" + named.type() + "`, which is no resource type");
        }
        if (Category.isBeyondPolicies(named.type())) {
            throw new UnenforceableConsent(
                    place,
                    "names `" + named.type()
                            + "`, which is of the directory or a consent: no policy decides about these");
        }
        var reason = refusal(named);
        if (!reason.isEmpty()) {
            throw new UnenforceableConsent(place, "names `" + name + "`, " + reason);
        }
        return named;
    }

    /** Why an element must stay; empty where it may go. */
    private static String refusal(NamedElement named) {
        var context = FhirContext.forR4Cached();
        BaseRuntimeElementCompositeDefinition<?> holder = context.getResourceDefinition(named.type());
        for (int index = 0; index < named.path().size(); index++) {
            var name = named.path().get(index);
            var child = holder == null ? null : childOf(holder, name);
            if (child == null) {
                return "which is no element of it, or one below an element of several types";
            }
            var isLast = index == named.path().size() - 1;
            if (FIXED.contains(name) || namesPatient(child, isLast)) {
                return "which the decision itself rests on, or which can refer to a patient";
            }
            if (isLast && child.getMin() > 0) {
                return "which must be there";
            }
            holder = compositeOf(child);
        }
        return "";
    }

    private static @Nullable BaseRuntimeChildDefinition childOf(
            BaseRuntimeElementCompositeDefinition<?> holder, String name) {
        return holder.getChildrenAndExtension().stream()
                .filter(child -> child.getElementName().replace(CHOICE, "").equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Null where it has no elements, or those of several types. */
    private static @Nullable BaseRuntimeElementCompositeDefinition<?> compositeOf(BaseRuntimeChildDefinition child) {
        return child.getValidChildNames().size() == 1
                        && child.getChildByName(child.getElementName())
                                instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite
                : null;
    }

    /** Whether an element can refer to a patient, by itself or in what goes with it, but for who wrote a note. */
    private static boolean namesPatient(BaseRuntimeChildDefinition child, boolean withAllBelow) {
        var mayBeReference = child instanceof RuntimeChildChoiceDefinition choice
                && choice.getValidChildTypes().contains(Reference.class);
        return mayBeReference || refersToPatient(child) || (withAllBelow && namesPatientBelow(child, new HashSet<>()));
    }

    private static boolean refersToPatient(BaseRuntimeChildDefinition child) {
        return child instanceof RuntimeChildResourceDefinition reference
                && reference.getResourceTypes().stream().anyMatch(type -> type.isAssignableFrom(Patient.class));
    }

    private static boolean namesPatientBelow(BaseRuntimeChildDefinition child, Set<Object> seen) {
        var holder = compositeOf(child);
        return holder != null
                && seen.add(holder)
                && holder.getChildren().stream()
                        .filter(each -> !FIXED.contains(each.getElementName()))
                        .anyMatch(each -> refersToPatient(each) || namesPatientBelow(each, seen));
    }
}
