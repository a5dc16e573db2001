package org.accordhie.fhirserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Answers with an OperationOutcome where HAPI's parser is not at hand, or must not be. */
public final class OutcomeWriter {

    /**
     * Writes one issue of severity error, as JSON unless the request asks for XML.
     *
     * @param issueCode a code of FHIR's issue-type value set
     * @param diagnostics an English sentence that quotes nothing stored or sent
     * @param expression the FHIRPath of the element at fault
     */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String issueCode,
            String diagnostics,
            @Nullable String expression)
            throws IOException {
        var xml = asksForXml(request);
        var body = (xml ? xml(issueCode, diagnostics, expression) : json(issueCode, diagnostics, expression))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType((xml ? "application/fhir+xml" : "application/fhir+json") + ";charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String json(String issueCode, String diagnostics, @Nullable String expression) {
        var outcome = new StringBuilder("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",");
        outcome.append("\"code\":\"").append(escapedForJson(issueCode)).append("\",");
        outcome.append("\"diagnostics\":\"").append(escapedForJson(diagnostics)).append('"');
        if (expression != null) {
            outcome.append(",\"expression\":[\"")
                    .append(escapedForJson(expression))
                    .append("\"]");
        }
        return outcome.append("}]}").toString();
    }

    private static String xml(String issueCode, String diagnostics, @Nullable String expression) {
        var outcome = new StringBuilder("<OperationOutcome xmlns=\"http://hl7.org/fhir\"><issue>");
        outcome.append("<severity value=\"error\"/><code value=\"")
                .append(escapedForXml(issueCode))
                .append("\"/>");
        outcome.append("<diagnostics value=\"")
                .append(escapedForXml(diagnostics))
                .append("\"/>");
        if (expression != null) {
            outcome.append("<expression value=\"")
                    .append(escapedForXml(expression))
                    .append("\"/>");
        }
        return outcome.append("</issue></OperationOutcome>").toString();
    }

    /** Reads the query itself: asking the request for a parameter would make the container read the body. */
    private static boolean asksForXml(HttpServletRequest request) {
        var query = request.getQueryString();
        if (query != null) {
            for (var parameter : query.split("&", -1)) {
                if (parameter.startsWith("_format=")) {
                    return parameter.contains("xml");
                }
            }
        }
        var accept = request.getHeader("Accept");
        return accept != null && prefersXml(accept);
    }

    private static boolean prefersXml(String accept) {
        try {
            var types = new ArrayList<>(MediaType.parseMediaTypes(accept));
            types.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
            for (var type : types) {
                if (isNamed(type, "json") || type.isWildcardType()) {
                    return false;
                }
                if (isNamed(type, "xml")) {
                    return true;
                }
            }
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
        return false;
    }

    private static boolean isNamed(MediaType type, String format) {
        var subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return subtype.equals(format) || subtype.equals("fhir+" + format);
    }

    private static String escapedForJson(String text) {
        var escaped = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '"' || character == '\\') {
                escaped.append('\\').append(character);
            } else if (isUnsafe(character)) {
                escaped.append("\\u%04x".formatted((int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String escapedForXml(String text) {
        var escaped = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                // XML cannot say the rest at all, or only with effort that a constant sentence does not need.
                default -> escaped.append(isUnsafe(character) ? '\uFFFD' : character);
            }
        }
        return escaped.toString();
    }

    private static boolean isUnsafe(char character) {
        return character < ' ' || Character.isSurrogate(character) || character >= '\uFFFE';
    }
}
