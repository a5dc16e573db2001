package org.accordhie.vocabulary;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and why: taken from a validated token and the partner registry, never from a bare header.
 *
 * @param clientId the OAuth client
 * @param tokenId the token's {@code jti}, or empty
 * @param organization the partner's organisation, as {@code Organization/[id]}
 * @param organizations that organisation and every organisation above it
 * @param user the person who asks as {@code Practitioner/[id]}, {@code PractitionerRole/[id]} or {@code Patient/[id]};
 *     null for a system
 * @param patient the patient whose own app asks, as {@code Patient/[id]}; null for everybody else
 * @param roles what the registry lets the partner be
 * @param purposes why it asks; empty where the token does not say
 */
public record Requester(
        String clientId,
        String tokenId,
        String organization,
        Set<String> organizations,
        @Nullable String user,
        @Nullable String patient,
        Set<ExchangeRole> roles,
        Set<PurposeOfUse> purposes) {

    public Requester {
        organizations = Set.copyOf(organizations);
        roles = Set.copyOf(roles);
        purposes = Set.copyOf(purposes);
    }

    /** Whether the registry gave the partner this role. */
    public boolean is(ExchangeRole role) {
        return roles.contains(role);
    }
}
