package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.AuthenticationException;

@DisplayName("T1: a flood of unknown key ids")
class KeyFloodTest {

    private static final int FLOOD = 300;
    private static final int THREADS = 60;

    private final AtomicBoolean slow = new AtomicBoolean();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(1);

    @Test
    @DisplayName(
            "300 tokens with unknown key ids cause two fetches at most, and delay no valid token while the issuer is slow")
    void delaysNoValidToken() throws Exception {
        try (var issuer = new TestIssuer();
                var issuers = new TrustedIssuers(new DocumentFetch())) {
            issuer.answer("/slow-jwks", (authorization, form) -> keys());
            var settings = Tokens.settings(issuer.uri(), Map.of("jwks-uri", issuer.uri() + "/slow-jwks"));
            issuers.add(settings, new IssuerMetadata(issuer.uri(), new DocumentFetch(), InstantSource.system()), "");
            var access = new AccessTokens(issuers.all(), InstantSource.system());
            var tokens = new Tokens(issuer.uri());
            access.verify(tokens.good());
            slow.set(true);

            var refused = flood(access, tokens);
            var slowest = IntStream.range(0, 50)
                    .mapToObj(number -> timed(access, tokens.with(c -> c.jwtID("valid-" + number))))
                    .max(Duration::compareTo)
                    .orElseThrow();
            enough.countDown();

            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
            for (var each : refused) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(fetches).hasValueLessThanOrEqualTo(2);
        }
    }

    private static List<Future<Boolean>> flood(AccessTokens access, Tokens tokens) {
        var threads = Executors.newFixedThreadPool(THREADS);
        var refused = new ArrayList<Future<Boolean>>();
        for (var number = 0; number < FLOOD; number++) {
            var token = tokens.withKeyId("unknown-" + number);
            refused.add(threads.submit(() -> isRefused(access, token)));
        }
        threads.shutdown();
        return refused;
    }

    private static boolean isRefused(AccessTokens access, String token) {
        try {
            access.verify(token);
            return false;
        } catch (AuthenticationException expected) {
            return true;
        }
    }

    private static Duration timed(AccessTokens access, String token) {
        var start = Instant.now();
        access.verify(token);
        return Duration.between(start, Instant.now());
    }

    private String keys() {
        fetches.incrementAndGet();
        try {
            if (slow.get() && !enough.await(4, TimeUnit.SECONDS)) {
                throw new IllegalStateException("valid tokens waited for the issuer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new JWKSet(Tokens.KEY).toPublicJWKSet().toString();
    }
}
