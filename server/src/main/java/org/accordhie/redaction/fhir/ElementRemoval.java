package org.accordhie.redaction.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Takes elements out of a resource so that what is left is FHIR: an element with nothing in it goes with them, and so does an
 * optional one that lacks what it must have. Where what must be there goes from the resource itself, or what changes the meaning
 * of the rest, an empty element stays that says {@code masked}. Thread-safe.
 *
 * <p>Sources: FHIR R4, ele-1, ext-1 and {@code data-absent-reason}.
 */
public final class ElementRemoval {

    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private final FhirContext context;

    public ElementRemoval(FhirContext context) {
        this.context = context;
    }

    /** What became of an element. */
    private enum Left {
        /** Nothing was taken out of it. */
        WHOLE,
        /** Something was, and it can stand. */
        LESS,
        /** Something that it must have was, in whose place it says so. */
        LACKING,
        /** Everything was. */
        NOTHING
    }

    /**
     * Takes elements out.
     *
     * @param resource is changed
     * @param gone elements of that very resource, compared by identity
     */
    public void remove(Resource resource, Set<? extends Base> gone) {
        remove((Base) resource, gone);
    }

    private Left remove(Base element, Set<? extends Base> gone) {
        var left = Left.WHOLE;
        for (var child : childrenOf(element)) {
            left = worse(left, removeFrom(new Place(element, child, gone)));
        }
        if (element instanceof PrimitiveType<?> primitive) {
            left = worse(left, removeFromExtensions(primitive, gone));
        }
        return left == Left.LESS && isBare(element) ? Left.NOTHING : left;
    }

    /** HAPI's definitions tell of no extensions of primitives. */
    private Left removeFromExtensions(PrimitiveType<?> primitive, Set<? extends Base> gone) {
        var left = Left.WHOLE;
        for (var extension : List.copyOf(primitive.getExtension())) {
            var below = gone.contains(extension) ? Left.NOTHING : remove(extension, gone);
            if (below == Left.NOTHING) {
                primitive.getExtension().removeIf(each -> each == extension);
            }
            left = below == Left.WHOLE ? left : Left.LESS;
        }
        return left;
    }

    /**
     * One property of one element.
     *
     * @param parent the element
     * @param child the property
     * @param gone what goes
     */
    private record Place(Base parent, BaseRuntimeChildDefinition child, Set<? extends Base> gone) {

        List<Base> values() {
            return child.getAccessor().getValues(parent).stream()
                    .filter(Base.class::isInstance)
                    .map(Base.class::cast)
                    .toList();
        }

        boolean isModifier() {
            return child instanceof BaseRuntimeDeclaredChildDefinition declared && declared.isModifier();
        }

        void replace(List<Base> kept) {
            if (child.getMax() == 1) {
                child.getMutator().setValue(parent, kept.isEmpty() ? null : kept.get(0));
                return;
            }
            for (int index = child.getAccessor().getValues(parent).size() - 1; index >= 0; index--) {
                child.getMutator().remove(parent, index);
            }
            kept.forEach(value -> child.getMutator().addValue(parent, value));
        }
    }

    /** What became of one value of a property. */
    private record Outcome(Base value, Left left) {

        /** To contained resources others refer by their ids, so they stay, lacking or not. */
        boolean stays() {
            return value instanceof Resource ? left != Left.NOTHING : left == Left.WHOLE || left == Left.LESS;
        }
    }

    private Left removeFrom(Place place) {
        var outcomes = place.values().stream()
                .map(value ->
                        new Outcome(value, place.gone().contains(value) ? Left.NOTHING : remove(value, place.gone())))
                .toList();
        if (outcomes.stream().allMatch(outcome -> outcome.left() == Left.WHOLE)) {
            return Left.WHOLE;
        }
        var kept = outcomes.stream()
                .filter(outcome -> outcome.stays() || place.isModifier())
                .map(outcome -> outcome.stays() ? outcome.value() : masked(outcome))
                .toList();
        if (!kept.isEmpty() || place.child().getMin() == 0) {
            place.replace(kept);
            return Left.LESS;
        }
        var lacking = outcomes.stream().filter(outcome -> outcome.left() == Left.LACKING);
        place.replace(List.of(masked(lacking.findFirst().orElse(outcomes.get(0)))));
        return Left.LACKING;
    }

    /** What lacks something says so itself. */
    private Base masked(Outcome outcome) {
        return outcome.left() == Left.LACKING ? outcome.value() : masked(outcome.value());
    }

    private Base masked(Base value) {
        var empty = value instanceof PrimitiveType<?> primitive ? withoutContent(primitive) : newLike(value);
        if (empty instanceof Extension extension) {
            extension.setUrl(((Extension) value).getUrl());
        }
        empty.addExtension(ABSENT, new CodeType("masked"));
        return empty;
    }

    /** A copy, since an enumeration knows its codes. */
    private static Element withoutContent(PrimitiveType<?> primitive) {
        var empty = (PrimitiveType<?>) primitive.copy();
        empty.setValueAsString(null);
        empty.setExtension(null);
        empty.setId(null);
        return empty;
    }

    private Element newLike(Base value) {
        return (Element) context.getElementDefinition(value.getClass()).newInstance();
    }

    private List<BaseRuntimeChildDefinition> childrenOf(Base element) {
        var definition = element instanceof Resource resource
                ? context.getResourceDefinition(resource)
                : context.getElementDefinition(element.getClass());
        return definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildren()
                : List.of();
    }

    /** An id alone, or the name of an extension, is no content. */
    private static boolean isBare(Base element) {
        if (element instanceof Resource || (element instanceof PrimitiveType<?> primitive && primitive.hasValue())) {
            return false;
        }
        if (element instanceof Extension extension) {
            return !extension.hasValue() && !extension.hasExtension();
        }
        return element.children().stream()
                .filter(property -> !property.getName().equals("id"))
                .flatMap(property -> property.getValues().stream())
                .allMatch(Base::isEmpty);
    }

    private static Left worse(Left one, Left other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
