package org.accordhie.smart.http;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys: cached for five minutes, fetched ahead of that in the background, fetched at most twice in
 * half a minute whatever tokens arrive, and kept for an hour while the issuer is down.
 */
public final class IssuerKeys implements JWKSource<SecurityContext>, Closeable {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(12);
    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final JWKSource<SecurityContext> cached;
    private volatile boolean everFetched;

    /** Keys at the given address; without one, at the address the issuer's metadata names, once they are needed. */
    public IssuerKeys(@Nullable URI jwksUri, IssuerMetadata metadata, DocumentFetch fetch) {
        this.cached = JWKSourceBuilder.<SecurityContext>create(new JWKSetSource<>() {
                    @Override
                    public JWKSet getJWKSet(
                            JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                            throws KeySourceException {
                        return fetch(jwksUri, metadata, fetch);
                    }

                    @Override
                    public void close() {}
                })
                .cache(FRESH.toMillis(), FETCH_PATIENCE.toMillis())
                .refreshAheadCache(REFRESH_AHEAD.toMillis(), false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    /** The matching keys; none for an unknown key while the bound on fetches holds, as the issuer cannot be asked. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return cached.get(selector, context);
        } catch (RateLimitReachedException e) {
            if (everFetched) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (cached instanceof Closeable closeable) {
            closeable.close();
        }
    }

    private JWKSet fetch(@Nullable URI jwksUri, IssuerMetadata metadata, DocumentFetch fetch)
            throws JWKSetUnavailableException {
        try {
            var keys = JWKSet.parse(fetch.fetch(jwksUri != null ? jwksUri : metadata.jwksUri()));
            everFetched = true;
            return keys;
        } catch (IOException | ParseException e) {
            throw new JWKSetUnavailableException("the issuer's keys cannot be had", e);
        }
    }
}
