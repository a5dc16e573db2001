package org.accordhie.smart.http;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's own description of itself, asked for when first needed, since the issuer may start after this server.
 *
 * <p>Source: OpenID Connect Discovery 1.0, section 4; RFC 8414, section 3. Remembers a success for an hour, and for an hour more
 * while the issuer is down; a failure for five seconds, so that callers without a token cannot make it ask again and again. While
 * one caller asks, the others use what is known, or are told within half a second that nothing is.
 */
public final class IssuerMetadata {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration QUEUE = Duration.ofMillis(500);

    private final URI issuer;
    private final DocumentFetch fetch;
    private final InstantSource time;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant askAgainAt = Instant.MIN;

    public IssuerMetadata(URI issuer, DocumentFetch fetch, InstantSource time) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.time = time;
    }

    /** Where the issuer's keys are. */
    public URI jwksUri() throws IOException {
        return address("jwks_uri");
    }

    /** An address that the issuer must name. */
    public URI address(String member) throws IOException {
        return description()
                .address(member)
                .orElseThrow(() -> new IOException("the issuer's metadata has no usable `" + member + "`"));
    }

    /** What the issuer says, which may be up to two hours old. */
    public IssuerDescription description() throws IOException {
        if (!time.instant().isBefore(askAgainAt)) {
            refresh();
        }
        var current = known;
        if (current == null || !time.instant().isBefore(current.usableUntil())) {
            throw new IOException("the issuer gave no metadata a moment ago");
        }
        return current.description();
    }

    private void refresh() throws IOException {
        if (!acquired()) {
            return;
        }
        try {
            var now = time.instant();
            if (now.isBefore(askAgainAt)) {
                return;
            }
            askAgainAt = now.plus(PAUSE);
            known = new Known(firstOf(candidates()), now.plus(FRESH).plus(OUTAGE));
            askAgainAt = now.plus(FRESH);
        } catch (IOException e) {
            if (known == null) {
                throw e;
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean acquired() throws IOException {
        try {
            return known == null ? asking.tryLock(QUEUE.toMillis(), TimeUnit.MILLISECONDS) : asking.tryLock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the issuer", e);
        }
    }

    private List<URI> candidates() {
        var text = issuer.toString();
        var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        var path = issuer.getRawPath() == null || issuer.getRawPath().equals("/") ? "" : issuer.getRawPath();
        return List.of(
                URI.create(base + "/.well-known/openid-configuration"),
                issuer.resolve("/.well-known/oauth-authorization-server" + path));
    }

    private IssuerDescription firstOf(List<URI> addresses) throws IOException {
        var failure = new IOException("the issuer gave no metadata");
        for (var address : addresses) {
            try {
                return read(fetch.fetch(address));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private IssuerDescription read(String text) throws IOException {
        try {
            var read = new HashMap<>(JSONObjectUtils.parse(text));
            read.values().removeIf(value -> value == null);
            if (issuer.toString().equals(read.get("issuer"))) {
                return new IssuerDescription(read);
            }
        } catch (ParseException e) {
            throw new IOException("the issuer's metadata is malformed", e);
        }
        throw new IOException("the metadata is another issuer's");
    }

    private record Known(IssuerDescription description, Instant usableUntil) {}
}
