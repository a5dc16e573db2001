package org.accordhie.local;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a client without a secret refresh and revoke its tokens, where it only names itself; the library knows such clients
 * only where a code is redeemed, and leaves that to its own PKCE check.
 *
 * <p>Source: RFC 6749, section 6; RFC 7009, section 2.1.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final String NAMED_ONLY = "named_only";

    private final RegisteredClientRepository clients;
    private final String revocation;

    /**
     * For these clients.
     *
     * @param revocation the path of the revocation endpoint
     */
    PublicClients(RegisteredClientRepository clients, String revocation) {
        this.clients = clients;
        this.revocation = revocation;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var names = request.getParameterValues("client_id");
        if (names == null
                || request.getHeader("Authorization") != null
                || request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null) {
            return null;
        }
        var grant = request.getParameter("grant_type");
        if ("authorization_code".equals(grant) && request.getParameter("code_verifier") == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        if (!"refresh_token".equals(grant) && !request.getRequestURI().equals(revocation)) {
            return null;
        }
        if (names.length != 1) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new OAuth2ClientAuthenticationToken(
                names[0], ClientAuthenticationMethod.NONE, null, Map.of(NAMED_ONLY, true));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var named = (OAuth2ClientAuthenticationToken) authentication;
        if (!named.getAdditionalParameters().containsKey(NAMED_ONLY)) {
            return null;
        }
        var client = clients.findByClientId(named.getPrincipal().toString());
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
