package org.accordhie.consent;

import java.util.List;

/**
 * An element of a resource type, as FHIRPath names it: {@code Patient.contact.telecom}. It stands for all that is below it.
 *
 * @param type the resource type
 * @param path the names from there on
 */
public record NamedElement(String type, List<String> path) {

    public NamedElement {
        path = List.copyOf(path);
    }

    /** Whether the element of a path is this one, stands in it, or holds it. */
    public boolean touches(List<String> other) {
        var shared = Math.min(path.size(), other.size());
        return path.subList(0, shared).equals(other.subList(0, shared));
    }

    @Override
    public String toString() {
        return type + "." + String.join(".", path);
    }
}
