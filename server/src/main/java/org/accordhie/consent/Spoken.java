package org.accordhie.consent;

import java.util.List;
import java.util.Optional;

/**
 * What one consent says to one request.
 *
 * @param kind what
 * @param path the provision that says so
 * @param lifts sensitivities for which it is the patient's own yes
 */
record Spoken(Kind kind, String path, List<String> lifts) {

    /** The five things a consent can say. */
    enum Kind {
        PERMIT,
        DENY,
        /** It speaks to this requester, but not of this resource. */
        IMPLICIT_DENY,
        NOT_APPLICABLE,
        UNCOMPUTABLE
    }

    static final Spoken NOTHING = new Spoken(Kind.NOT_APPLICABLE, "", List.of());

    static Spoken of(Effect effect, String path, List<String> lifts) {
        return new Spoken(effect == Effect.PERMIT ? Kind.PERMIT : Kind.DENY, path, lifts);
    }

    /** Several permits permit together; empty if nobody spoke. */
    static Optional<Spoken> merge(List<Spoken> permits) {
        return permits.stream().findFirst().map(first -> new Spoken(first.kind, first.path, allLifts(permits)));
    }

    private static List<String> allLifts(List<Spoken> permits) {
        return permits.stream()
                .flatMap(each -> each.lifts.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
