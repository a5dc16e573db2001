package org.accordhie.vocabulary;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
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
 * @param memberships the care teams and roles that the user and the organisation have, as {@code CareTeam/[id]} and
 *     {@code PractitionerRole/[id]}
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
        Set<String> memberships,
        Set<ExchangeRole> roles,
        Set<PurposeOfUse> purposes) {

    public Requester {
        organizations = Set.copyOf(organizations);
        memberships = Set.copyOf(memberships);
        roles = Set.copyOf(roles);
        var inOrder = EnumSet.noneOf(PurposeOfUse.class);
        inOrder.addAll(purposes);
        purposes = Collections.unmodifiableSet(inOrder);
    }

    /** Whether the registry gave the partner this role. */
    public boolean is(ExchangeRole role) {
        return roles.contains(role);
    }

    /** Whether a rule that names this actor, as {@code [type]/[id]}, speaks to the requester. */
    public boolean isNamedBy(String actor) {
        return organizations.contains(actor)
                || actor.equals(user)
                || memberships.contains(actor)
                || (actor.startsWith("Device/")
                        && actor.startsWith(clientId, 7)
                        && actor.length() == 7 + clientId.length());
    }

    /** The actors that memberships are asked for: the organisations and the user. */
    public Set<String> members() {
        var members = new HashSet<>(organizations);
        if (user != null) {
            members.add(user);
        }
        return members;
    }

    /** The same requester with the memberships it has. */
    public Requester with(Set<String> theirs) {
        return new Requester(clientId, tokenId, organization, organizations, user, patient, theirs, roles, purposes);
    }

    /** The same requester, asking for these purposes. */
    public Requester asking(Set<PurposeOfUse> instead) {
        return new Requester(
                clientId, tokenId, organization, organizations, user, patient, memberships, roles, instead);
    }
}
