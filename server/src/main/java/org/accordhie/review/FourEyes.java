package org.accordhie.review;

import java.util.Optional;

/**
 * Nobody reviews what is their own: not the person or client that asked, and nobody of the same organisation, unless that is the
 * exchange itself, whose officers look at everybody.
 */
public final class FourEyes {

    private FourEyes() {}

    /**
     * Why this officer may not; empty if they may.
     *
     * @param officer who would review, a person under the name the directory has for them
     * @param requester who asked, under such a name too
     * @param exchange the exchange's own organisation
     */
    public static Optional<String> refuse(Party officer, Party requester, String exchange) {
        if (officer.user() == null) {
            return Optional.of("a review is a person's, and the token names no user");
        }
        if (officer.user().equals(requester.user()) || officer.client().equals(requester.client())) {
            return Optional.of("who asked does not review it");
        }
        if (officer.organization().equals(requester.organization())
                && !officer.organization().equals(exchange)) {
            return Optional.of("an officer of the organisation that asked does not review it");
        }
        return Optional.empty();
    }
}
