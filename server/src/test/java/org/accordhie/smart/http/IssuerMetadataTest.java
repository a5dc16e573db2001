package org.accordhie.smart.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerMetadataTest {

    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private final TestIssuer issuer = new TestIssuer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T10:00:00Z"));

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void asksWhenFirstNeededAndRemembers() throws IOException {
        var metadata = metadata(issuer.uri());

        assertThat(issuer.asked(METADATA)).isZero();
        assertThat(metadata.address("token_endpoint")).isEqualTo(URI.create(issuer.uri() + "/token"));
        assertThat(metadata.jwksUri()).isEqualTo(URI.create(issuer.uri() + "/jwks"));
        assertThat(issuer.asked(METADATA)).isOne();
    }

    @Test
    void asksAgainAfterAnOutageAndNotMoreOftenThanEveryFiveSeconds() throws IOException {
        var metadata = metadata(issuer.uri());
        issuer.setDown(true);
        for (var i = 0; i < 20; i++) {
            assertThatThrownBy(metadata::description).isInstanceOf(IOException.class);
        }
        assertThat(issuer.asked(METADATA)).isOne();

        issuer.setDown(false);
        now.updateAndGet(instant -> instant.plusSeconds(6));

        assertThat(metadata.address("token_endpoint")).isNotNull();
    }

    @Test
    void refusesTheMetadataOfAnotherIssuer() {
        issuer.publish("/other/.well-known/openid-configuration", "{\"issuer\": \"https://elsewhere.example\"}");

        assertThatThrownBy(() -> metadata(URI.create(issuer.uri() + "/other")).jwksUri())
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        issuer.publish("/large", " ".repeat(600 * 1024));

        assertThatThrownBy(() -> new DocumentFetch().fetch(URI.create(issuer.uri() + "/large")))
                .isInstanceOf(IOException.class);
    }

    private IssuerMetadata metadata(URI address) {
        InstantSource time = now::get;
        return new IssuerMetadata(address, new DocumentFetch(), time);
    }
}
