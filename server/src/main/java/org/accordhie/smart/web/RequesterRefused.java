package org.accordhie.smart.web;

import org.springframework.security.core.AuthenticationException;

/** A valid token whose client or claims the exchange does not accept. The message holds no value of the token. */
final class RequesterRefused extends AuthenticationException {

    RequesterRefused(String message) {
        super(message);
    }
}
