package org.accordhie.smart;

import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * One OAuth client of a partner organisation as the registry knows it; a token's claims are trusted only as far as this.
 *
 * @param clientId the client in the token
 * @param organization the partner, as {@code Organization/[id]}
 * @param partOf the organisations above it, as {@code Organization/[id]}
 * @param purposes the purposes of use it may assert, each by itself
 * @param roles what it may be
 * @param scopes the widest scopes it may use
 */
public record Partner(
        String clientId,
        String organization,
        Set<String> partOf,
        Set<PurposeOfUse> purposes,
        Set<ExchangeRole> roles,
        GrantedScopes scopes) {

    public Partner {
        partOf = Set.copyOf(partOf);
        purposes = Set.copyOf(purposes);
        roles = Set.copyOf(roles);
    }
}
