package org.accordhie.fhirserver.gate;

/**
 * How large the structure of a body may be.
 *
 * @param depth the deepest nesting; the outermost object or element is 1 deep
 * @param entries the most entries of a bundle
 */
public record BodyBounds(int depth, int entries) {

    public BodyBounds {
        if (depth < 1 || entries < 0) {
            throw new IllegalArgumentException("bounds must allow at least an empty resource");
        }
    }
}
