package org.accordhie.smart.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.accordhie.fhirserver.SmartProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Holds tokens that are bound to a client certificate to that certificate, as TLS has shown it here or to a trusted proxy.
 *
 * <p>Source: RFC 8705, section 3; RFC 9440, section 2. A header that somebody else sends is not looked at, and a proxy that is
 * believed is believed alone: its own certificate is not its client's.
 */
final class ClientCertificates {

    private static final String SHOWN_IN_TLS = "jakarta.servlet.request.X509Certificate";

    private final String header;
    private final List<IpAddressMatcher> proxies;

    /** Throws if only one of header and proxies is named, or a proxy's address is none. */
    ClientCertificates(SmartProperties.Certificates settings) {
        if (settings.header().isBlank() != settings.proxies().isEmpty()) {
            throw new IllegalStateException(
                    "`accord.smart.certificates` needs both `header` and `proxies`, or neither");
        }
        this.header = settings.header();
        this.proxies = settings.proxies().stream().map(IpAddressMatcher::new).toList();
    }

    /** Throws if the token is bound to another certificate than the request's, or the request has none. */
    void requireFor(VerifiedToken token, HttpServletRequest request) {
        var thumbprint = token.thumbprint();
        if (thumbprint == null) {
            return;
        }
        var shown = isFromProxy(request) ? inHeader(request) : inTls(request);
        if (shown == null || !isSame(thumbprint, thumbprintOf(shown))) {
            throw new InvalidBearerTokenException("the token is bound to another certificate");
        }
    }

    private boolean isFromProxy(HttpServletRequest request) {
        return proxies.stream().anyMatch(proxy -> proxy.matches(request.getRemoteAddr()));
    }

    private static @Nullable X509Certificate inTls(HttpServletRequest request) {
        return request.getAttribute(SHOWN_IN_TLS) instanceof X509Certificate[] chain && chain.length > 0
                ? chain[0]
                : null;
    }

    private @Nullable X509Certificate inHeader(HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(header));
        if (values.size() != 1 || values.get(0).isBlank()) {
            return null;
        }
        try {
            return read(values.get(0).strip());
        } catch (CertificateException | IllegalArgumentException e) {
            throw new InvalidBearerTokenException("the client certificate cannot be read", e);
        }
    }

    private static X509Certificate read(String value) throws CertificateException {
        var isByteSequence = value.length() > 1 && value.startsWith(":") && value.endsWith(":");
        var bytes = isByteSequence
                ? Base64.getDecoder().decode(value.substring(1, value.length() - 1))
                : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.US_ASCII);
        InputStream stream = new ByteArrayInputStream(bytes);
        if (CertificateFactory.getInstance("X.509").generateCertificate(stream)
                instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new CertificateException("not an X.509 certificate");
    }

    private static String thumbprintOf(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(TokenDigest.sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new InvalidBearerTokenException("the client certificate cannot be read", e);
        }
    }

    private static boolean isSame(String claimed, String shown) {
        return MessageDigest.isEqual(
                claimed.getBytes(StandardCharsets.US_ASCII), shown.getBytes(StandardCharsets.US_ASCII));
    }
}
