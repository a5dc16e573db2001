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
 * @param hidden whether it happened only in the first world
 * @param names what the things that came of it are called, in the order of the answer
 */
record Deed(String who, String method, String path, String body, String otherwise, boolean hidden, List<String> names) {

    static Deed of(String who, String method, String path, String body, String... names) {
        return new Deed(who, method, path, body, body, false, List.of(names));
    }

    Deed hide() {
        return new Deed(who, method, path, body, otherwise, true, names);
    }

    Deed otherwise(String other) {
        return new Deed(who, method, path, body, other, hidden, names);
    }
}
