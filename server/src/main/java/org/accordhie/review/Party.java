package org.accordhie.review;

import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for something, as far as the trail keeps them.
 *
 * @param organization as {@code Organization/[id]}
 * @param client the OAuth client
 * @param user the person, as {@code [type]/[id]}; null for a system
 */
public record Party(
        String organization, String client, @Nullable String user) {

    /** The requester's. */
    public static Party of(Requester requester) {
        return new Party(requester.organization(), requester.clientId(), requester.user());
    }

    /** The person, or the client where there is none. */
    public String name() {
        return user == null ? client : user;
    }
}
