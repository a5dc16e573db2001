package org.accordhie.fhirserver.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import org.accordhie.fhirserver.AccordProperties;
import org.jspecify.annotations.Nullable;

/** Examines everything of a request but the inside of its body, cheapest question first. */
final class RequestAdmission {

    private static final int MAX_HEADER_CHARACTERS = 16_384;
    /** Colon, space, end of line. */
    private static final int HEADER_PUNCTUATION = 4;

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final AccordProperties.Limits limits;

    RequestAdmission(AccordProperties.Limits limits) {
        this.limits = limits;
    }

    void requireAcceptableHead(HttpServletRequest request) throws Refusal {
        var path = request.getRequestURI();
        var query = request.getQueryString();
        var length = request.getRequestURL().length() + (query == null ? 0 : query.length() + 1);
        if (length > limits.urlCharacters()) {
            throw new Refusal(Problem.URL_TOO_LONG);
        }
        if (headerCharacters(request) > MAX_HEADER_CHARACTERS) {
            throw new Refusal(Problem.HEADERS_TOO_LARGE);
        }
        QueryText.requireClean(path);
        if (query != null) {
            QueryText.requireClean(query);
            QueryText.requireSmallNumbers(query);
        }
        for (var search : Collections.list(request.getHeaders("If-None-Exist"))) {
            QueryText.requireSafeSearch(search);
        }
    }

    /** The whole body; empty where the request has none. */
    byte[] body(HttpServletRequest request) throws Refusal, IOException {
        var announced = request.getContentLengthLong();
        if (!METHODS_WITH_BODY.contains(request.getMethod())) {
            if (announced > 0 || request.getHeader("Transfer-Encoding") != null) {
                throw new Refusal(Problem.BODY_UNEXPECTED);
            }
            return new byte[0];
        }
        if (announced > limits.bodyBytes()) {
            throw new Refusal(Problem.BODY_TOO_LARGE);
        }
        // One byte more than allowed is enough to know; a chunked body announces nothing.
        var body = request.getInputStream().readNBytes(limits.bodyBytes() + 1);
        if (body.length > limits.bodyBytes()) {
            throw new Refusal(Problem.BODY_TOO_LARGE);
        }
        if (body.length < announced) {
            throw new Refusal(Problem.BODY_CUT_SHORT);
        }
        return body;
    }

    /** What the body claims to be; null where an empty one may come without a claim. */
    @Nullable
    BodyKind kind(HttpServletRequest request) throws Refusal {
        for (var encoding : Collections.list(request.getHeaders("Content-Encoding"))) {
            if (!encoding.strip().equalsIgnoreCase("identity")) {
                throw new Refusal(Problem.CONTENT_ENCODING);
            }
        }
        var types = Collections.list(request.getHeaders("Content-Type"));
        if (types.isEmpty()) {
            return null;
        }
        if (types.size() > 1) {
            throw new Refusal(Problem.CONTENT_TYPE);
        }
        return BodyKind.of(request.getMethod(), request.getRequestURI(), types.get(0));
    }

    /** Operations and searches may be posted with nothing to say. */
    static boolean mayBeEmpty(HttpServletRequest request) {
        var path = request.getRequestURI();
        return request.getMethod().equals("POST") && (path.contains("/$") || path.endsWith("/_search"));
    }

    static boolean hasBody(HttpServletRequest request) {
        return METHODS_WITH_BODY.contains(request.getMethod());
    }

    void requireSearchForm(byte[] body) throws Refusal {
        if (body.length > limits.formBytes()) {
            throw new Refusal(Problem.BODY_TOO_LARGE);
        }
        if (Utf8.firstInvalid(body) < body.length) {
            throw new Refusal(Problem.NOT_UTF8);
        }
        var form = new String(body, StandardCharsets.UTF_8);
        QueryText.requireClean(form);
        QueryText.requireSmallNumbers(form);
    }

    private static int headerCharacters(HttpServletRequest request) {
        var total = 0;
        for (var name : Collections.list(request.getHeaderNames())) {
            for (var value : Collections.list(request.getHeaders(name))) {
                total += name.length() + value.length() + HEADER_PUNCTUATION;
            }
        }
        return total;
    }
}
