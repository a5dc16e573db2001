package org.accordhie.local;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys a client publishes at the address it registered, kept as long as its answer's {@code Cache-Control} says.
 *
 * <p>Source: SMART App Launch 2.2.0, "Backend Services", "Registering a client (communicating public keys)".
 */
final class PublishedKeys implements JWKSource<SecurityContext> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration UNLESS_TOLD = Duration.ofMinutes(5);
    private static final Duration AT_MOST = Duration.ofHours(1);

    /** How soon an unknown key id makes it ask again: a client may have changed its keys, an attacker invents ids. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern MAX_AGE = Pattern.compile("max-age=(\\d{1,9})");

    private final URI address;
    private final InstantSource time;
    private final HttpClient http;
    private JWKSet keys = new JWKSet();
    private Instant asked = Instant.MIN;
    private Instant stale = Instant.MIN;

    PublishedKeys(URI address, InstantSource time) {
        this.address = address;
        this.time = time;
        this.http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    @Override
    public synchronized List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        var now = time.instant();
        if (!now.isBefore(stale)) {
            fetch(now);
        }
        var found = selector.select(keys);
        if (found.isEmpty() && now.isAfter(asked.plus(PAUSE))) {
            fetch(now);
            found = selector.select(keys);
        }
        return found;
    }

    private void fetch(Instant now) throws KeySourceException {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                var bytes = body.readNBytes(MAX_BYTES);
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                keys = JWKSet.parse(new String(bytes, StandardCharsets.UTF_8));
            }
            asked = now;
            stale = now.plus(life(answer));
        } catch (IOException | ParseException failure) {
            throw new RemoteKeySourceException("the client's keys cannot be fetched", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RemoteKeySourceException("interrupted while fetching the client's keys", interrupted);
        }
    }

    private static Duration life(HttpResponse<?> answer) {
        var control = String.join(",", answer.headers().allValues("Cache-Control"));
        if (control.contains("no-store") || control.contains("no-cache")) {
            return Duration.ZERO;
        }
        var age = MAX_AGE.matcher(control);
        var told = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : UNLESS_TOLD;
        return told.compareTo(AT_MOST) > 0 ? AT_MOST : told;
    }
}
