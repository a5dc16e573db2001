package org.accordhie.worlds;

import java.util.List;

/**
 * Something that somebody did before the reader came.
 *
 * @param who a client
 * @param method of HTTP
 * @param path below the FHIR base
 * @param body what was sent, in the world that has what is hidden
 * @param otherwise what was sent in the other, which may refer to less
 * @param where whether it happened in both, or in only one
 * @param names what the things that came of it are called, in the order of the answer
 */
record Deed(String who, String method, String path, String body, String otherwise, Where where, List<String> names) {

    /** In which worlds something happens. */
    enum Where {
        BOTH,
        WITH,
        WITHOUT
    }

    static Deed of(String who, String method, String path, String body, String... names) {
        return new Deed(who, method, path, body, body, Where.BOTH, List.of(names));
    }

    Deed hide() {
        return new Deed(who, method, path, body, otherwise, Where.WITH, names);
    }

    /** It happens only in the world without what is hidden. */
    Deed instead() {
        return new Deed(who, method, path, body, otherwise, Where.WITHOUT, names);
    }

    Deed otherwise(String other) {
        return new Deed(who, method, path, body, other, where, names);
    }

    boolean hidden() {
        return where == Where.WITH;
    }

    /**
     * Whether it happens in a world.
     *
     * @param complete whether that world has what is hidden
     */
    boolean happensIn(boolean complete) {
        return where == Where.BOTH || (where == Where.WITH) == complete;
    }
}
