package org.accordhie.local;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a client without a secret refresh and revoke its tokens; the library knows such clients
 * only where a code is redeemed, and leaves that to its own PKCE check.
 *
 * <p>Source: SMART App Launch 2.2.0, "Refresh access token"; RFC 6749, section 6; RFC 7009, section 2.1.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final String NAMED_ONLY = "named_only";
    private static final List<String> CREDENTIALS = List.of("client_secret", "client_assertion");

    private final RegisteredClientRepository clients;
    private final OAuth2AuthorizationService authorizations;
    private final String revocation;

    /**
     * For these clients.
     *
     * @param revocation the path of the revocation endpoint
     */
    PublicClients(RegisteredClientRepository clients, OAuth2AuthorizationService authorizations, String revocation) {
        this.clients = clients;
        this.authorizations = authorizations;
        this.revocation = revocation;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (CREDENTIALS.stream().anyMatch(name -> request.getParameter(name) != null)
                || request.getHeader("Authorization") != null) {
            return null;
        }
        var grant = request.getParameter("grant_type");
        if ("authorization_code".equals(grant) && request.getParameter("code_verifier") == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        var names = request.getParameterValues("client_id");
        if ("refresh_token".equals(grant)) {
            return named(names == null ? owner(request.getParameter("refresh_token")) : only(names));
        }
        return names != null && request.getRequestURI().equals(revocation) ? named(only(names)) : null;
    }

    /** SMART's clients need not even name themselves when they refresh: the token tells whose it is. */
    private String owner(@Nullable String refreshToken) {
        var authorization = refreshToken == null || refreshToken.isEmpty()
                ? null
                : authorizations.findByToken(refreshToken, OAuth2TokenType.REFRESH_TOKEN);
        if (authorization == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        return authorization.getRegisteredClientId();
    }

    private static String only(String[] names) {
        if (names.length != 1) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return names[0];
    }

    private static Authentication named(String client) {
        return new OAuth2ClientAuthenticationToken(
                client, ClientAuthenticationMethod.NONE, null, Map.of(NAMED_ONLY, true));
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
