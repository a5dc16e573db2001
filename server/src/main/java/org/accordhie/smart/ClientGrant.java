package org.accordhie.smart;

import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * What a privacy officer has granted one client of an organisation.
 *
 * @param clientId the client in the token; of a further issuer, {@code [issuer]|[client]}
 * @param scopes the widest scopes it may use, at least one
 * @param purposes the purposes of use it may assert
 * @param roles what it may be
 * @param suspended whether it is refused until this is taken back
 */
public record ClientGrant(
        String clientId, List<String> scopes, Set<PurposeOfUse> purposes, Set<ExchangeRole> roles, boolean suspended) {

    public ClientGrant {
        scopes = List.copyOf(scopes);
        purposes = Set.copyOf(purposes);
        roles = Set.copyOf(roles);
    }
}
