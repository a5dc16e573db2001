package org.accordhie.smart.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Verifies tokens of any trusted issuer. The issuer that a token names only chooses whose keys and rules are tried; they then
 * decide.
 *
 * <p>What was verified is remembered until the token's end, for five minutes at most: checking a signature costs more than
 * everything else that is done with a token. What the token grants is not remembered, so a change of the partner registry is felt
 * at once.
 */
final class AccessTokens {

    /** In characters of tokens, which the memory taken is in proportion to. */
    private static final long MAX_REMEMBERED = 8L * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<String, TokenIssuer> issuers;
    private final @Nullable TokenIssuer ofOpaqueTokens;
    private final InstantSource time;
    private final Cache<TokenDigest, Remembered> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED)
            .weigher((TokenDigest key, Remembered value) -> value.characters())
            .expireAfterWrite(LONGEST)
            .build();

    /** Throws if two issuers are one, or two give opaque tokens, of which nobody could say whose they are. */
    AccessTokens(Collection<TokenIssuer> trusted, InstantSource time) {
        var byName = new HashMap<String, TokenIssuer>();
        for (var issuer : trusted) {
            if (byName.put(issuer.name(), issuer) != null) {
                throw new IllegalStateException("a trusted issuer is named twice");
            }
        }
        var opaque =
                trusted.stream().filter(TokenIssuer::givesOpaqueTokens).limit(2).toList();
        if (opaque.size() > 1) {
            throw new IllegalStateException("only one trusted issuer may have `introspection.opaque-tokens`");
        }
        this.issuers = Map.copyOf(byName);
        this.ofOpaqueTokens = opaque.isEmpty() ? null : opaque.get(0);
        this.time = time;
    }

    /** What a trusted issuer says with the token. Throws an AuthenticationException if none does, or none can be asked. */
    VerifiedToken verify(String token) {
        var now = time.instant();
        var digest = TokenDigest.of(token);
        var known = remembered.getIfPresent(digest);
        if (known != null && now.isBefore(known.until())) {
            return known.token();
        }
        var fresh = verified(token, now);
        if (now.isBefore(fresh.until())) {
            remembered.put(digest, fresh);
        }
        return fresh.token();
    }

    private Remembered verified(String token, Instant now) {
        var named = UnverifiedToken.issuer(token);
        var issuer = named.map(issuers::get).orElse(named.isPresent() ? null : ofOpaqueTokens);
        if (issuer == null) {
            throw new InvalidBearerTokenException("the token is of no trusted issuer");
        }
        var verified = named.isPresent() ? issuer.verify(token, now) : issuer.ask(token, now);
        var holds = now.plus(issuer.holds(named.isPresent()));
        var until = verified.expiresAt().isBefore(holds) ? verified.expiresAt() : holds;
        return new Remembered(verified, until, token.length());
    }

    /** What was verified, until when that is used again, and the size it has. */
    private record Remembered(VerifiedToken token, Instant until, int characters) {}
}
