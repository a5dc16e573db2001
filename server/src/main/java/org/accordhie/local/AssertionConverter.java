package org.accordhie.local;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Finds the client of a request in the assertion it sends: SMART's clients send no {@code client_id}, which the library's
 * own converter wants. Whether the assertion is good is looked at later.
 *
 * <p>Source: SMART App Launch 2.2.0, "Backend Services", "Obtain access token".
 */
final class AssertionConverter implements AuthenticationConverter {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final ClientAuthenticationMethod METHOD = new ClientAuthenticationMethod(TYPE);

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (request.getParameter("client_assertion") == null && request.getParameter("client_assertion_type") == null) {
            return null;
        }
        var assertion = only(request, "client_assertion");
        var client = subject(assertion);
        if (!only(request, "client_assertion_type").equals(TYPE)
                || (request.getParameter("client_id") != null
                        && !only(request, "client_id").equals(client))) {
            throw invalidClient();
        }
        return new OAuth2ClientAuthenticationToken(client, METHOD, assertion, codeParameters(request));
    }

    /** Where a code is redeemed, the library checks its verifier with the client. */
    private static Map<String, Object> codeParameters(HttpServletRequest request) {
        var parameters = new HashMap<String, Object>();
        for (var name : new String[] {"grant_type", "code", "code_verifier"}) {
            var value = request.getParameter(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    private static String subject(String assertion) {
        try {
            var subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject == null || subject.isBlank()) {
                throw invalidClient();
            }
            return subject;
        } catch (ParseException malformed) {
            throw new OAuth2AuthenticationException(
                    invalidClient().getError(), "the assertion is not a signed JWT", malformed);
        }
    }

    private static String only(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        if (values == null || values.length != 1) {
            throw invalidClient();
        }
        return values[0];
    }

    private static OAuth2AuthenticationException invalidClient() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
}
