package org.accordhie.fhirserver.gate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The containers open at a point of a JSON body, with the names seen in each; grows with depth, not with size. */
final class JsonNesting {

    /** Twice what the largest type of R4 has; it keeps the search for a duplicate short. */
    static final int MAX_NAMES = 256;

    private static final byte[] ENTRY = "entry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESOURCE_TYPE = "resourceType".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_NAME = -1;

    private final byte[] body;
    private final int maxEntries;
    private final boolean[] isObject;
    private final int[] children;
    private final int[] nameStart;
    private final int[] nameEnd;
    private final int[] namesBefore;
    private long[] names = new long[MAX_NAMES];
    private int nameCount;
    private int depth;
    private String resourceType = "";

    JsonNesting(byte[] body, BodyBounds bounds) {
        this.body = body;
        maxEntries = bounds.entries();
        isObject = new boolean[bounds.depth()];
        children = new int[bounds.depth()];
        nameStart = new int[bounds.depth()];
        nameEnd = new int[bounds.depth()];
        namesBefore = new int[bounds.depth()];
    }

    boolean isOutermost() {
        return depth == 0;
    }

    boolean isInObject() {
        return isObject[depth - 1];
    }

    boolean isFirstChild() {
        return children[depth - 1] == 0;
    }

    void open(boolean object) throws Refusal {
        if (depth == isObject.length) {
            throw new Refusal(Problem.TOO_DEEP);
        }
        isObject[depth] = object;
        children[depth] = 0;
        nameStart[depth] = NO_NAME;
        namesBefore[depth] = nameCount;
        depth++;
    }

    void close() {
        depth--;
        nameCount = namesBefore[depth];
    }

    void addElement() throws Refusal {
        children[depth - 1]++;
        if (depth == 2 && children[1] > maxEntries && isObject[0] && isNamed(0, ENTRY)) {
            throw new Refusal(Problem.TOO_MANY_ENTRIES);
        }
    }

    /** Two names are held equal when their 64-bit hashes are; a forged collision refuses only the forger's body. */
    void addName(int start, int end) throws Refusal {
        children[depth - 1]++;
        nameStart[depth - 1] = start;
        nameEnd[depth - 1] = end;
        var hash = hash(start, end);
        for (var i = namesBefore[depth - 1]; i < nameCount; i++) {
            if (names[i] == hash) {
                throw new Refusal(Problem.DUPLICATE_NAME);
            }
        }
        if (nameCount - namesBefore[depth - 1] == MAX_NAMES) {
            throw new Refusal(Problem.TOO_MANY_NAMES);
        }
        if (nameCount == names.length) {
            names = Arrays.copyOf(names, 2 * nameCount);
        }
        names[nameCount++] = hash;
    }

    /** Whether the value that comes next says what the whole body is. */
    boolean isAtResourceType() {
        return depth == 1 && isObject[0] && isNamed(0, RESOURCE_TYPE);
    }

    void setResourceType(String name) {
        resourceType = FhirNames.isResourceType(name) ? name : "";
    }

    boolean mayBeDecimal() {
        return isInObject() && FhirNames.mayBeDecimal(parentName(), name(depth - 1));
    }

    boolean maySearch() {
        return isInObject() && FhirNames.maySearch(parentName(), name(depth - 1));
    }

    String path() {
        var path = new StringBuilder(resourceType);
        for (var i = 0; i < depth; i++) {
            if (!isObject[i] && children[i] > 0) {
                path.append('[').append(children[i] - 1).append(']');
            } else if (isObject[i] && FhirNames.isNameable(name(i))) {
                path.append(path.isEmpty() ? "" : ".").append(name(i));
            } else {
                break;
            }
        }
        return path.toString();
    }

    private String parentName() {
        for (var i = depth - 2; i >= 0; i--) {
            if (isObject[i]) {
                return name(i);
            }
        }
        return "";
    }

    private String name(int level) {
        return nameStart[level] == NO_NAME
                ? ""
                : new String(body, nameStart[level], nameEnd[level] - nameStart[level], StandardCharsets.UTF_8);
    }

    private boolean isNamed(int level, byte[] name) {
        return nameStart[level] != NO_NAME
                && Arrays.equals(body, nameStart[level], nameEnd[level], name, 0, name.length);
    }

    private long hash(int start, int end) {
        var hash = 0xcbf29ce484222325L;
        for (var i = start; i < end; i++) {
            hash = (hash ^ body[i]) * 0x100000001b3L;
        }
        return hash;
    }
}
