package org.accordhie.smart;

import org.accordhie.vocabulary.Requester;

/**
 * What a verified token and the partner registry say together: who asks, what for, and the outer bound of what they get.
 *
 * @param requester who asks and why
 * @param scopes what the token lets it do
 * @param launch the context the scopes are read in
 */
public record AccessGrant(Requester requester, GrantedScopes scopes, LaunchContext launch) {}
