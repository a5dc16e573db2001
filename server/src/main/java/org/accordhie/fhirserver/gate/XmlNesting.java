package org.accordhie.fhirserver.gate;

import java.util.HashSet;
import java.util.Set;

/** The elements open at a point of an XML body; grows with depth, not with size. */
final class XmlNesting {

    /** More than all of R4 and XHTML in one document; it bounds what colliding names can cost the parser. */
    static final int MAX_NAMES = 2048;

    private final int maxEntries;
    private final Element[] elements;
    private final Set<String> names = new HashSet<>();
    private int depth;
    private int entries;

    XmlNesting(BodyBounds bounds) {
        maxEntries = bounds.entries();
        elements = new Element[bounds.depth()];
        for (var i = 0; i < elements.length; i++) {
            elements[i] = new Element();
        }
    }

    void open(String name) throws Refusal {
        if (depth == elements.length) {
            throw new Refusal(Problem.TOO_DEEP);
        }
        elements[depth].begin(name, depth == 0 ? 0 : elements[depth - 1].indexOfNext(name));
        depth++;
        addName(name);
        if (depth == 2 && name.equals("entry") && ++entries > maxEntries) {
            throw new Refusal(Problem.TOO_MANY_ENTRIES);
        }
    }

    void close() {
        depth--;
    }

    void addName(String name) throws Refusal {
        if (names.add(name) && names.size() > MAX_NAMES) {
            throw new Refusal(Problem.TOO_MANY_NAMES);
        }
    }

    boolean mayBeDecimal() {
        return FhirNames.mayBeDecimal(parentName(), elements[depth - 1].name);
    }

    boolean maySearch() {
        return FhirNames.maySearch(parentName(), elements[depth - 1].name);
    }

    /** A FHIRPath; the element that only tells the type of a resource inside another is not part of it. */
    String path() {
        var path = new StringBuilder();
        for (var i = 0; i < depth && FhirNames.isNameable(elements[i].name); i++) {
            var isType = FhirNames.isResourceType(elements[i].name);
            if (i == 0) {
                path.append(isType ? elements[i].name : "");
            } else if (!isType) {
                path.append(path.isEmpty() ? "" : ".").append(elements[i].name);
                path.append('[').append(elements[i].index).append(']');
            }
        }
        return path.toString();
    }

    private String parentName() {
        return depth < 2 ? "" : elements[depth - 2].name;
    }

    private static final class Element {

        private String name = "";
        private int index;
        private String lastChild = "";
        private int lastChildIndex;

        void begin(String newName, int newIndex) {
            name = newName;
            index = newIndex;
            lastChild = "";
            lastChildIndex = 0;
        }

        int indexOfNext(String child) {
            lastChildIndex = child.equals(lastChild) ? lastChildIndex + 1 : 0;
            lastChild = child;
            return lastChildIndex;
        }
    }
}
