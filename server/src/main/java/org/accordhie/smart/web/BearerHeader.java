package org.accordhie.smart.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Takes the token from the one Authorization header, and from nowhere else.
 *
 * <p>Source: RFC 6750, sections 2 and 3.1. A form body is never read here, since HAPI reads it later; a token in it is
 * no credential, and as a search parameter it is unknown.
 */
final class BearerHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer";
    private static final int MAX_CHARACTERS = 16 * 1024;
    private static final String SIGNS = "._~+/-";

    /** Null if the request carries no bearer token. */
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        if (hasTokenInQuery(request.getQueryString())) {
            throw invalidRequest("a token belongs in the Authorization header");
        }
        var headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() > 1) {
            throw invalidRequest("more than one Authorization header");
        }
        if (headers.isEmpty() || !isBearer(headers.get(0))) {
            return null;
        }
        return token(headers.get(0));
    }

    private static String token(String header) {
        var start = SCHEME.length() + 1;
        if (header.length() <= start || header.length() - start > MAX_CHARACTERS || !isToken(header, start)) {
            throw new InvalidBearerTokenException("the token is malformed");
        }
        return header.substring(start);
    }

    /** {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}; a loop, since each request passes here. */
    private static boolean isToken(String header, int start) {
        int end = header.length();
        while (end > start && header.charAt(end - 1) == '=') {
            end--;
        }
        for (int place = start; place < end; place++) {
            var sign = header.charAt(place);
            if (!isLetterOrDigit(sign) && SIGNS.indexOf(sign) < 0) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isLetterOrDigit(char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9');
    }

    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
    }

    private static boolean hasTokenInQuery(@Nullable String query) {
        return query != null && Arrays.stream(query.split("&", -1)).anyMatch(BearerHeader::isToken);
    }

    private static boolean isToken(String parameter) {
        try {
            return URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8)
                    .equals("access_token");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static OAuth2AuthenticationException invalidRequest(String description) {
        return new OAuth2AuthenticationException(BearerTokenErrors.invalidRequest(description));
    }
}
