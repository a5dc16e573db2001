package org.accordhie.fhirserver.gate;

import java.util.Locale;

/** What a request body claims to be. */
enum BodyKind {
    JSON,
    JSON_PATCH,
    XML,
    FORM;

    static BodyKind of(String method, String path, String contentType) throws Refusal {
        var parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        var kind = named(parts[0].strip());
        if (!kind.isAcceptedFor(method, path)) {
            throw new Refusal(Problem.CONTENT_TYPE);
        }
        requireUtf8(parts);
        return kind;
    }

    private static BodyKind named(String type) throws Refusal {
        return switch (type) {
            case "application/fhir+json", "application/json" -> JSON;
            case "application/json-patch+json" -> JSON_PATCH;
            case "application/fhir+xml", "application/xml", "text/xml" -> XML;
            case "application/x-www-form-urlencoded" -> FORM;
            default -> throw new Refusal(Problem.CONTENT_TYPE);
        };
    }

    private boolean isAcceptedFor(String method, String path) {
        return switch (this) {
            case JSON_PATCH -> method.equals("PATCH");
            case FORM -> method.equals("POST") && path.endsWith("/_search");
            default -> true;
        };
    }

    private static void requireUtf8(String[] parts) throws Refusal {
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("charset")
                    && !parameter.replaceAll("[\\s\"]", "").equals("charset=utf-8")) {
                throw new Refusal(Problem.CHARSET);
            }
        }
    }
}
