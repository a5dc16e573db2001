package org.accordhie.smart.web;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads references to this server's own resources, relative or absolute. */
final class LocalReferences {

    private static final Pattern RELATIVE = Pattern.compile("(?<type>[A-Za-z]++)/[A-Za-z0-9.-]{1,64}");

    private final String prefix;

    /** Takes the address under which clients reach the FHIR API. */
    LocalReferences(URI baseUrl) {
        var base = baseUrl.toString();
        this.prefix = base.endsWith("/") ? base : base + "/";
    }

    /** The reference as {@code Type/[id]}. Empty if it is of another type, elsewhere, or none at all. */
    Optional<String> read(String reference, Set<String> types) {
        var relative = reference.startsWith(prefix) ? reference.substring(prefix.length()) : reference;
        var match = RELATIVE.matcher(relative);
        return match.matches() && types.contains(match.group("type")) ? Optional.of(relative) : Optional.empty();
    }
}
