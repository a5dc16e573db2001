package org.accordhie.smart.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Lets scripts of registered origins call the FHIR API. Others are served as if they were no scripts: their browser keeps the
 * answer from them, and a client that is no browser may send any origin.
 *
 * <p>Source: SMART App Launch 2.2.0, "Considerations for Cross-Origin Resource Sharing (CORS) support".
 */
final class RegisteredOrigins implements CorsConfigurationSource {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** What FHIR's RESTful API and RFC 6750 name. Cookies are never sent: there are none. */
    private static final List<String> REQUEST_HEADERS = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.ACCEPT,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            HttpHeaders.IF_MODIFIED_SINCE,
            "If-None-Exist",
            "Prefer");

    private static final List<String> ANSWER_HEADERS = List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LOCATION,
            HttpHeaders.CONTENT_LOCATION,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE);

    private final CorsConfiguration cors = new CorsConfiguration();

    /** Throws if one of them is not an origin: an asterisk would be everybody. */
    RegisteredOrigins(List<String> origins) {
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^/*\\s]+"))) {
            throw new IllegalStateException(
                    "`accord.smart.origins` must hold origins such as `https://app.example.org`");
        }
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(METHODS);
        cors.setAllowedHeaders(REQUEST_HEADERS);
        cors.setExposedHeaders(ANSWER_HEADERS);
        cors.setMaxAge(Duration.ofHours(1));
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        return cors.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null ? null : cors;
    }
}
