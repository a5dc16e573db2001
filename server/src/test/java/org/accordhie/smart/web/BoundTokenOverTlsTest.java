package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.accordhie.smart.http.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = FhirSecurityTest.Slice.class,
        properties = Tokens.SETTINGS)
@ImportAutoConfiguration(SslAutoConfiguration.class)
@DisplayName("T8: over TLS, a bound token is good on its client's connections only")
class BoundTokenOverTlsTest {

    private static final TestCertificate SERVER = TestCertificate.named("server");
    private static final TestCertificate CLINIC = TestCertificate.named("clinic");
    private static final TestIssuer ISSUER = new TestIssuer(Tokens.KEY);

    private final String bound =
            new Tokens(ISSUER.uri()).with(claims -> claims.claim("cnf", Map.of("x5t#S256", CLINIC.thumbprint())));
    private final int port;

    @Autowired
    BoundTokenOverTlsTest(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void useTls(DynamicPropertyRegistry settings) {
        settings.add("accord.token.issuer", ISSUER::uri);
        settings.add("server.ssl.key-store", () -> "file:" + SERVER.file());
        settings.add("server.ssl.key-store-password", () -> TestCertificate.PASSWORD);
        settings.add("server.ssl.trust-store", () -> "file:" + CLINIC.trustFile());
        settings.add("server.ssl.trust-store-password", () -> TestCertificate.PASSWORD);
        settings.add("server.ssl.client-auth", () -> "want");
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void withItsCertificateItIsGood() throws Exception {
        assertThat(get(CLINIC, bound).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutItsCertificateItIsNot() throws Exception {
        var response = get(null, bound);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
        assertThat(response.body()).contains("OperationOutcome");
    }

    @Test
    void aTokenThatIsBoundToNoneNeedsNone() throws Exception {
        assertThat(get(null, new Tokens(ISSUER.uri()).good()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(@Nullable TestCertificate certificate, String token) throws Exception {
        var client = HttpClient.newBuilder().sslContext(showing(certificate)).build();
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/fhir/Patient/1"))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static SSLContext showing(@Nullable TestCertificate certificate) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(SERVER.trustFile().toFile(), TestCertificate.PASSWORD.toCharArray()));
        var context = SSLContext.getInstance("TLS");
        if (certificate == null) {
            context.init(null, trust.getTrustManagers(), null);
        } else {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate.store(), TestCertificate.PASSWORD.toCharArray());
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        }
        return context;
    }
}
