package org.accordhie.smart.http;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
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
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys: cached for five minutes, fetched ahead of that in the background, fetched at most twice in
 * half a minute whatever tokens arrive, and kept for an hour while the issuer is down.
 *
 * <p>Only a few requests wait for a fetch at a time. The others are told to come back, so that tokens with unknown keys, sent while
 * the issuer is slow, do not take the threads that tokens with known keys need.
 */
public final class IssuerKeys implements JWKSource<SecurityContext>, Closeable {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(12);
    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final int MAX_WAITING = 16;

    private final JWKSetSource<SecurityContext> cached;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private volatile boolean everFetched;

    /** Keys at the given address; without one, at the address the issuer's metadata names, once they are needed. */
    public IssuerKeys(@Nullable URI jwksUri, IssuerMetadata metadata, DocumentFetch fetch) {
        var source = JWKSourceBuilder.<SecurityContext>create(new JWKSetSource<>() {
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
        if (!(source instanceof JWKSetBasedJWKSource<SecurityContext> ofSet)) {
            throw new IllegalStateException("the source of keys is of an unknown kind");
        }
        this.cached = ofSet.getJWKSetSource();
    }

    /** The matching keys; none for an unknown key while the bound on fetches holds, as the issuer cannot be asked. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        if (!everFetched) {
            return selector.select(awaited(JWKSetCacheRefreshEvaluator.noRefresh(), context));
        }
        var known = set(JWKSetCacheRefreshEvaluator.noRefresh(), context);
        var matching = selector.select(known);
        if (!matching.isEmpty()) {
            return matching;
        }
        try {
            return selector.select(awaited(JWKSetCacheRefreshEvaluator.referenceComparison(known), context));
        } catch (RateLimitReachedException e) {
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        cached.close();
    }

    private JWKSet awaited(JWKSetCacheRefreshEvaluator evaluator, @Nullable SecurityContext context)
            throws KeySourceException {
        if (!places.tryAcquire()) {
            throw new JWKSetUnavailableException("others wait for the issuer's keys already");
        }
        try {
            return set(evaluator, context);
        } finally {
            places.release();
        }
    }

    private JWKSet set(JWKSetCacheRefreshEvaluator evaluator, @Nullable SecurityContext context)
            throws KeySourceException {
        return cached.getJWKSet(evaluator, System.currentTimeMillis(), context);
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
