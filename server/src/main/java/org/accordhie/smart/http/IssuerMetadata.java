package org.accordhie.smart.http;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's own description of itself, asked for when first needed, since the issuer may start after this server.
 *
 * <p>Source: OpenID Connect Discovery 1.0, section 4; RFC 8414, section 3. Remembers a success for an hour and a failure
 * for five seconds, so that callers without a token cannot make it ask again and again.
 */
public final class IssuerMetadata {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final URI issuer;
    private final DocumentFetch fetch;
    private final InstantSource time;
    private @Nullable Map<String, Object> document;
    private Instant askAgainAt = Instant.MIN;

    public IssuerMetadata(URI issuer, DocumentFetch fetch, InstantSource time) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.time = time;
    }

    /** Where the issuer's keys are. */
    public URI jwksUri() throws IOException {
        return address("jwks_uri");
    }

    /** Where the issuer gives tokens. */
    public URI tokenEndpoint() throws IOException {
        return address("token_endpoint");
    }

    private URI address(String member) throws IOException {
        if (document().get(member) instanceof String text) {
            return absolute(text);
        }
        throw new IOException("the issuer's metadata has no `" + member + "`");
    }

    private static URI absolute(String text) throws IOException {
        try {
            var address = URI.create(text);
            if (address.isAbsolute()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("an address in the issuer's metadata is malformed", e);
        }
        throw new IOException("an address in the issuer's metadata is not absolute");
    }

    private synchronized Map<String, Object> document() throws IOException {
        var now = time.instant();
        if (now.isBefore(askAgainAt)) {
            if (document == null) {
                throw new IOException("the issuer gave no metadata a moment ago");
            }
            return document;
        }
        document = null;
        askAgainAt = now.plus(PAUSE);
        var found = firstOf(candidates());
        document = found;
        askAgainAt = now.plus(FRESH);
        return found;
    }

    private List<URI> candidates() {
        var text = issuer.toString();
        var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        var path = issuer.getRawPath() == null || issuer.getRawPath().equals("/") ? "" : issuer.getRawPath();
        return List.of(
                URI.create(base + "/.well-known/openid-configuration"),
                issuer.resolve("/.well-known/oauth-authorization-server" + path));
    }

    private Map<String, Object> firstOf(List<URI> addresses) throws IOException {
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

    private Map<String, Object> read(String text) throws IOException {
        try {
            var read = JSONObjectUtils.parse(text);
            if (issuer.toString().equals(read.get("issuer"))) {
                return read;
            }
        } catch (ParseException e) {
            throw new IOException("the issuer's metadata is malformed", e);
        }
        throw new IOException("the metadata is another issuer's");
    }
}
