package org.accordhie.smart.http;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.accordhie.fhirserver.TrustedIssuer;

/**
 * Asks the issuer whether a token is active and what it says.
 *
 * <p>Source: RFC 7662, section 2. At most 32 questions are under way at a time, so that an issuer that is slow, or tokens that
 * nobody gave, cannot take all of this server's threads: who finds them taken is told to come back.
 */
public final class TokenIntrospection {

    private static final int MAX_UNDER_WAY = 32;

    private final TrustedIssuer settings;
    private final IssuerMetadata metadata;
    private final DocumentFetch fetch;
    private final String authorization;
    private final Semaphore free = new Semaphore(MAX_UNDER_WAY);

    /** Throws if the settings lack the client that asks, or name an address that would be asked in the clear. */
    public TokenIntrospection(TrustedIssuer settings, IssuerMetadata metadata, DocumentFetch fetch) {
        var introspection = settings.introspection();
        if (introspection.clientId().isBlank() || introspection.clientSecret().isBlank()) {
            throw new IllegalStateException(
                    "introspection needs `client-id` and `client-secret` of this server's client");
        }
        if (introspection.endpoint() != null && !isPrivate(introspection.endpoint())) {
            throw new IllegalStateException("`introspection.endpoint` must be an https address");
        }
        this.settings = settings;
        this.metadata = metadata;
        this.fetch = fetch;
        this.authorization = basic(introspection.clientId(), introspection.clientSecret());
    }

    /** What the issuer says of the token; empty if it is not active. Throws if the issuer cannot be asked. */
    public Optional<Map<String, Object>> ask(String token) throws IOException {
        if (!free.tryAcquire()) {
            throw new IOException("too many questions to the issuer are under way");
        }
        try {
            return active(fetch.post(endpoint(), authorization, form(token)));
        } finally {
            free.release();
        }
    }

    private URI endpoint() throws IOException {
        var configured = settings.introspection().endpoint();
        if (configured != null) {
            return configured;
        }
        var named = metadata.address("introspection_endpoint");
        if (!isPrivate(named)) {
            throw new IOException("the issuer's introspection endpoint is not an https address");
        }
        return named;
    }

    private static Optional<Map<String, Object>> active(String text) throws IOException {
        try {
            var answer = new HashMap<>(JSONObjectUtils.parse(text));
            if (!(answer.remove("active") instanceof Boolean active)) {
                throw new IOException("the issuer does not say whether the token is active");
            }
            return active ? Optional.of(answer) : Optional.empty();
        } catch (ParseException e) {
            throw new IOException("the issuer's answer about a token is malformed", e);
        }
    }

    /** The token and the secret go over TLS or stay on this machine. */
    private static boolean isPrivate(URI address) {
        return "https".equals(address.getScheme())
                || "127.0.0.1".equals(address.getHost())
                || "localhost".equals(address.getHost());
    }

    private static String form(String token) {
        return "token=" + encoded(token) + "&token_type_hint=access_token";
    }

    /** Both halves are form-encoded first. Source: RFC 6749, section 2.3.1. */
    private static String basic(String id, String secret) {
        var pair = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
