package org.accordhie.smart.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** From a token to what it grants, in three steps: it is verified, it is its holder's, and the exchange accepts who holds it. */
final class TokenAuthentication implements AuthenticationManagerResolver<HttpServletRequest> {

    private final AccessTokens tokens;
    private final ClientCertificates certificates;
    private final TokenReader reader;

    TokenAuthentication(AccessTokens tokens, ClientCertificates certificates, TokenReader reader) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.reader = reader;
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        return presented -> {
            var token = tokens.verify(((BearerTokenAuthenticationToken) presented).getToken());
            certificates.requireFor(token, request);
            return new GrantAuthentication(reader.read(token));
        };
    }
}
