package org.accordhie.smart;

import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token and the partner registry say together: who asks, what for, and the outer bound of what they get.
 *
 * @param requester who asks and why
 * @param scopes what the token lets it do
 * @param launch the context the scopes are read in
 * @param breakGlass the emergency it declares; null where it declares none
 * @param residual what the token itself still forbids; null where it forbids nothing
 */
public record AccessGrant(
        Requester requester,
        GrantedScopes scopes,
        LaunchContext launch,
        @Nullable BreakGlass breakGlass,
        @Nullable ResidualClaim residual) {

    /** The same grant of a requester of whom more is known. */
    public AccessGrant with(Requester known) {
        return new AccessGrant(known, scopes, launch, breakGlass, residual);
    }
}
