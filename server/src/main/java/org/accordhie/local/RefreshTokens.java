package org.accordhie.local;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens for those who asked for one, public clients included, since each is used once. The library's own
 * generator never makes one for a public client, and always one for others.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting a refresh token"; RFC 9700, section 4.14.
 */
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    static final String OFFLINE = "offline_access";
    static final String ONLINE = "online_access";

    private static final Duration OFFLINE_LIFE = Duration.ofDays(30);

    /** The server does not know when somebody has closed the app. */
    private static final Duration ONLINE_LIFE = Duration.ofHours(1);

    private final InstantSource time;

    RefreshTokens(InstantSource time) {
        this.time = time;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        var authorization = context.getAuthorization();
        var granted = authorization == null ? context.getAuthorizedScopes() : authorization.getAuthorizedScopes();
        var isOffline = granted.contains(OFFLINE);
        var isAsked = isOffline || granted.contains(ONLINE);
        if (!isAsked && !AuthorizationGrantType.REFRESH_TOKEN.equals(context.getAuthorizationGrantType())) {
            return null;
        }
        var now = time.instant();
        return new OAuth2RefreshToken(
                OwnersFile.randomPassword(), now, now.plus(isOffline ? OFFLINE_LIFE : ONLINE_LIFE));
    }
}
