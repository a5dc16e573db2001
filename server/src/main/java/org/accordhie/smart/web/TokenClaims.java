package org.accordhie.smart.web;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads claims by shape: what is absent is empty, and what has another shape than its specification says is refused. */
final class TokenClaims {

    private TokenClaims() {}

    static Optional<String> text(Map<String, ?> claims, String name) {
        var claim = claims.get(name);
        if (claim == null) {
            return Optional.empty();
        }
        if (claim instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw malformed();
    }

    /** An address, by itself or as a FHIR Reference. */
    static Optional<String> reference(Map<String, ?> claims, String name) {
        return claims.get(name) instanceof Map<?, ?> ? text(object(claims, name), "reference") : text(claims, name);
    }

    /** The claim's members; empty if it is absent. */
    static Map<String, ?> object(Map<String, ?> claims, String name) {
        var claim = claims.get(name);
        return claim == null ? Map.of() : members(claim);
    }

    /** The names and values of a JSON object. */
    @SuppressWarnings("unchecked")
    static Map<String, ?> members(Object claim) {
        if (claim instanceof Map<?, ?> members && members.keySet().stream().allMatch(String.class::isInstance)) {
            return (Map<String, ?>) members;
        }
        throw malformed();
    }

    /** The claim's elements, a single value counting as one; empty if it is absent. */
    static List<?> elements(Map<String, ?> claims, String name) {
        var claim = claims.get(name);
        if (claim == null) {
            return List.of();
        }
        return claim instanceof Collection<?> elements ? List.copyOf(elements) : List.of(claim);
    }

    /** The scopes: words in one string, or in the strings of an array. */
    static List<String> scopes(Map<String, ?> claims) {
        return elements(claims, "scope").stream().flatMap(TokenClaims::words).toList();
    }

    private static Stream<String> words(Object element) {
        if (element instanceof String text) {
            return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
        }
        throw malformed();
    }

    static RequesterRefused malformed() {
        return new RequesterRefused("a claim of the token is malformed");
    }
}
