package org.accordhie.smart.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accordhie.fhirserver.OutcomeWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * How a request is refused for its token. Says nothing of the token's content.
 *
 * <p>Source: RFC 6750, section 3.1; FHIR R4 issue types {@code login}, {@code expired} and {@code forbidden}.
 *
 * @param status the HTTP status
 * @param error RFC 6750's error code; null where it wants none
 * @param issueCode FHIR's issue type
 * @param diagnostics what to tell the client
 */
record TokenRefusal(int status, @Nullable String error, String issueCode, String diagnostics) {

    private static final String INVALID_TOKEN = "invalid_token";
    private static final String RETRY_SECONDS = "30";

    static TokenRefusal of(AuthenticationException exception) {
        if (exception instanceof RequesterRefused refused) {
            return forbidden(String.valueOf(refused.getMessage()));
        }
        if (exception instanceof AuthenticationServiceException) {
            return new TokenRefusal(503, null, "transient", "tokens cannot be verified at the moment");
        }
        if (!(exception instanceof OAuth2AuthenticationException oauth)) {
            return new TokenRefusal(401, null, "login", "an access token is required");
        }
        if (oauth.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_REQUEST)) {
            return new TokenRefusal(
                    400,
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "invalid",
                    "send the access token once, in one Authorization header");
        }
        return exception instanceof TokenExpired
                ? new TokenRefusal(401, INVALID_TOKEN, "expired", "the access token has expired")
                : new TokenRefusal(401, INVALID_TOKEN, "login", "the access token is not valid here");
    }

    static TokenRefusal forbidden(String diagnostics) {
        return new TokenRefusal(403, OAuth2ErrorCodes.INSUFFICIENT_SCOPE, "forbidden", diagnostics);
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (status == 503) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        } else {
            var challenge = "Bearer realm=\"accord\"";
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE, error == null ? challenge : challenge + ", error=\"" + error + "\"");
        }
        new OutcomeWriter().write(request, response, status, issueCode, diagnostics, null);
    }
}
