package org.accordhie.smart.http;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an issuer says of itself. What has another shape than its specification says is taken as not said.
 *
 * <p>Source: RFC 8414, section 2.
 */
public record IssuerDescription(Map<String, Object> members) {

    public IssuerDescription {
        members = Map.copyOf(members);
    }

    /** An absolute address. */
    public Optional<URI> address(String member) {
        return members.get(member) instanceof String text ? absolute(text) : Optional.empty();
    }

    /** A list of words; empty if the issuer does not say, which for some members means a default. */
    public Optional<List<String>> words(String member) {
        return members.get(member) instanceof Collection<?> elements
                ? Optional.of(elements.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList())
                : Optional.empty();
    }

    private static Optional<URI> absolute(String text) {
        try {
            return Optional.of(URI.create(text)).filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
