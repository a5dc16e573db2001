package org.accordhie.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * What was authorized, in memory until its last token has expired. A refresh token that comes a second time ends the whole
 * authorization: one of the two who hold it is a thief. The library's own store forgets nothing and does not notice.
 *
 * <p>Source: RFC 9700, section 4.14.2.
 */
final class IssuedAuthorizations implements OAuth2AuthorizationService {

    /** How long somebody may take to sign in and decide. */
    private static final Duration UNDECIDED = Duration.ofMinutes(15);

    private final InstantSource time;
    private final Map<String, Kept> byId = new HashMap<>();
    private final Map<String, String> idByToken = new HashMap<>();

    IssuedAuthorizations(InstantSource time) {
        this.time = time;
    }

    private record Kept(OAuth2Authorization authorization, Instant until) {}

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        var now = time.instant();
        byId.values().removeIf(kept -> !now.isBefore(kept.until()));
        var until = tokens(authorization)
                .map(OAuth2Token::getExpiresAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElseGet(() -> now.plus(UNDECIDED));
        byId.put(authorization.getId(), new Kept(authorization, until));
        values(authorization).forEach(token -> idByToken.put(token, authorization.getId()));
        idByToken.values().retainAll(byId.keySet());
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        byId.remove(authorization.getId());
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        var kept = byId.get(id);
        return kept == null ? null : kept.authorization();
    }

    /** Null also for a token that was replaced by another. */
    @Override
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var id = idByToken.get(token);
        var authorization = id == null ? null : findById(id);
        if (authorization == null || isCurrent(authorization, token, type)) {
            return authorization;
        }
        if (OAuth2TokenType.REFRESH_TOKEN.equals(type) && !isCurrent(authorization, token, null)) {
            remove(authorization);
        }
        return null;
    }

    private static boolean isCurrent(OAuth2Authorization authorization, String token, @Nullable OAuth2TokenType type) {
        if (type == null) {
            return values(authorization).anyMatch(token::equals);
        }
        return switch (type.getValue()) {
            case "state" -> token.equals(authorization.getAttribute("state"));
            case "code" -> is(token, authorization.getToken(OAuth2AuthorizationCode.class));
            case "access_token" -> is(token, authorization.getToken(OAuth2AccessToken.class));
            case "refresh_token" -> is(token, authorization.getToken(OAuth2RefreshToken.class));
            case "id_token" -> is(token, authorization.getToken(OidcIdToken.class));
            default -> false;
        };
    }

    private static boolean is(String text, OAuth2Authorization.@Nullable Token<?> token) {
        return token != null && token.getToken().getTokenValue().equals(text);
    }

    private static Stream<String> values(OAuth2Authorization authorization) {
        String state = authorization.getAttribute("state");
        return Stream.concat(Stream.ofNullable(state), tokens(authorization).map(OAuth2Token::getTokenValue));
    }

    private static Stream<OAuth2Token> tokens(OAuth2Authorization authorization) {
        return Stream.of(
                        OAuth2AuthorizationCode.class,
                        OAuth2AccessToken.class,
                        OAuth2RefreshToken.class,
                        OidcIdToken.class)
                .map(authorization::getToken)
                .filter(Objects::nonNull)
                .map(OAuth2Authorization.Token::getToken);
    }
}
