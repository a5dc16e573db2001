package org.accordhie.smart.web;

import java.util.List;
import org.accordhie.smart.AccessGrant;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request whose token was accepted. Holds what the token grants, and never the token. */
public final class GrantAuthentication extends AbstractAuthenticationToken {

    private final transient AccessGrant grant;

    GrantAuthentication(AccessGrant grant) {
        super(List.of());
        this.grant = grant;
        setAuthenticated(true);
    }

    public AccessGrant grant() {
        return grant;
    }

    @Override
    public AccessGrant getPrincipal() {
        return grant;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return grant.requester().clientId();
    }
}
