package org.accordhie.local;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * What an app's request to launch must say beside what the library checks (the client, PKCE with S256): exactly a
 * registered redirect URI, scopes within those registered, and this exchange as {@code aud}.
 *
 * <p>Source: SMART App Launch 2.2.0, "Launch App: Standalone Launch", "Obtain authorization code"; RFC 9700, section 2.1. The
 * library would take any port of a loopback redirect URI; an origin that may call the token endpoint has one.
 */
final class LaunchRules implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private final String baseUrl;
    private final Function<String, PreauthorizedScopes> scopesOf;

    /**
     * For all clients.
     *
     * @param baseUrl the FHIR API
     * @param scopesOf what the client with this id may ask for
     */
    LaunchRules(String baseUrl, Function<String, PreauthorizedScopes> scopesOf) {
        this.baseUrl = baseUrl;
        this.scopesOf = scopesOf;
    }

    /** Before anything else is looked at: the library takes it that every client has an address to be told at. */
    static @Nullable Authentication requireRedirectUri(HttpServletRequest request) {
        var asks = "GET".equals(request.getMethod()) || request.getParameter("response_type") != null;
        if (asks && request.getParameter("redirect_uri") == null) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    error(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri is missing"), null);
        }
        return null;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        var redirectUri = request.getRedirectUri();
        if (redirectUri == null
                || !context.getRegisteredClient().getRedirectUris().contains(redirectUri)) {
            // Told to the person, never to an address that is not the client's.
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    error(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri is not one that is registered"), null);
        }
        if (!baseUrl.equals(request.getAdditionalParameters().get("aud"))) {
            throw refusal(request, OAuth2ErrorCodes.INVALID_REQUEST, "aud is " + baseUrl);
        }
        Set<String> scopes = request.getScopes();
        if (!scopesOf.apply(request.getClientId()).permit(scopes)) {
            throw refusal(request, OAuth2ErrorCodes.INVALID_SCOPE, "ask for scopes within those registered");
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refusal(
            OAuth2AuthorizationCodeRequestAuthenticationToken request, String code, String description) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(error(code, description), request);
    }

    private static OAuth2Error error(String code, String description) {
        return new OAuth2Error(code, description, null);
    }
}
