package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.accordhie.fhirserver.SmartProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

@DisplayName("T8: a token bound to a certificate is good with that certificate only")
class ClientCertificatesTest {

    private static final TestCertificate CLINIC = TestCertificate.named("clinic");
    private static final TestCertificate THIEF = TestCertificate.named("thief");
    private static final String HEADER = "Client-Cert";

    private final ClientCertificates direct = new ClientCertificates(new SmartProperties.Certificates("", List.of()));
    private final ClientCertificates behindProxy =
            new ClientCertificates(new SmartProperties.Certificates(HEADER, List.of("10.1.0.0/16", "::1")));

    @Test
    void theCertificateOfTheConnectionCounts() {
        assertAccepted(direct, shownInTls(CLINIC));
        assertRefused(direct, shownInTls(THIEF));
        assertRefused(direct, new MockHttpServletRequest());
    }

    @Test
    void aTokenThatIsBoundToNoneNeedsNone() {
        var unbound = token(null);

        assertThatCode(() -> direct.requireFor(unbound, new MockHttpServletRequest()))
                .doesNotThrowAnyException();
        assertThatCode(() -> direct.requireFor(unbound, shownInTls(THIEF))).doesNotThrowAnyException();
    }

    @Test
    void theHeaderIsReadInBothForms() {
        assertAccepted(behindProxy, from("10.1.2.3", CLINIC.byteSequence()));
        assertAccepted(behindProxy, from("10.1.2.3", escaped()));
        assertAccepted(behindProxy, from("0:0:0:0:0:0:0:1", CLINIC.byteSequence()));
        assertRefused(behindProxy, from("10.1.2.3", THIEF.byteSequence()));
    }

    @Test
    void aPlusSignIsNoSpace() {
        assertAccepted(behindProxy, from("10.1.2.3", escaped().replace("%2B", "+")));
    }

    @Test
    void theHeaderOfSomebodyElseIsNotLookedAt() {
        assertRefused(behindProxy, from("10.2.0.1", CLINIC.byteSequence()));
        assertRefused(direct, from("127.0.0.1", CLINIC.byteSequence()));
    }

    @Test
    void aProxysOwnCertificateIsNotItsClients() {
        var request = shownInTls(CLINIC);
        request.setRemoteAddr("10.1.2.3");

        assertRefused(behindProxy, request);
        assertAccepted(behindProxy, shownInTls(CLINIC));
    }

    @Test
    void twoHeadersAreNone() {
        var request = from("10.1.2.3", CLINIC.byteSequence());
        request.addHeader(HEADER, THIEF.byteSequence());

        assertRefused(behindProxy, request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":", "::", ":AAAA:", "x", "%", "%zz", "-----BEGIN CERTIFICATE-----"})
    void aHeaderThatHoldsNoCertificateIsRefused(String value) {
        assertRefused(behindProxy, from("10.1.2.3", value));
    }

    @Test
    void theServerDoesNotStartWithHalfTheSettings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ClientCertificates(new SmartProperties.Certificates(HEADER, List.of())));
        assertThatIllegalStateException()
                .isThrownBy(() -> new ClientCertificates(new SmartProperties.Certificates("", List.of("10.1.2.3"))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ClientCertificates(new SmartProperties.Certificates(HEADER, List.of("the-proxy"))));
    }

    private static void assertAccepted(ClientCertificates certificates, MockHttpServletRequest request) {
        assertThatCode(() -> certificates.requireFor(token(CLINIC.thumbprint()), request))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(ClientCertificates certificates, MockHttpServletRequest request) {
        assertThatThrownBy(() -> certificates.requireFor(token(CLINIC.thumbprint()), request))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    private static String escaped() {
        return URLEncoder.encode(CLINIC.pem(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static VerifiedToken token(@Nullable String thumbprint) {
        return new VerifiedToken(Map.of(), Instant.EPOCH, thumbprint);
    }

    private static MockHttpServletRequest shownInTls(TestCertificate certificate) {
        var request = new MockHttpServletRequest();
        request.setAttribute(
                "jakarta.servlet.request.X509Certificate", new X509Certificate[] {certificate.certificate()});
        return request;
    }

    private static MockHttpServletRequest from(String address, String header) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        request.addHeader(HEADER, header);
        return request;
    }
}
