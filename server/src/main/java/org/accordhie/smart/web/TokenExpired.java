package org.accordhie.smart.web;

import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** A token that was valid here, and is no more. */
final class TokenExpired extends InvalidBearerTokenException {

    TokenExpired() {
        super("the token has expired");
    }
}
