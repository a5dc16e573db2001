package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
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
    private final AtomicBoolean gaveUp = new AtomicBoolean();
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
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
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            for (var number = 0; number < 50; number++) {
                var id = "valid-" + number;
                access.verify(tokens.with(c -> c.jwtID(id)));
            }
            enough.countDown();

            for (var each : refused) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(gaveUp).as("valid tokens waited for the issuer").isFalse();
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

    /** An issuer that, once it is slow, answers after the valid tokens were verified, or gives up. */
    private String keys() {
        fetches.incrementAndGet();
        try {
            if (slow.get()) {
                asked.countDown();
                gaveUp.compareAndSet(false, !enough.await(4, TimeUnit.SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new JWKSet(Tokens.KEY).toPublicJWKSet().toString();
    }
}
