package org.accordhie.terminology;

/**
 * A reference to a code system or value set. Source: FHIR R4, References, canonical URLs.
 *
 * @param url the address
 * @param version the version it asks for; empty for whichever is in force
 */
public record Canonical(String url, String version) {

    /** Reads {@code url} or {@code url|version}. */
    public static Canonical of(String text) {
        var bar = text.indexOf('|');
        return bar < 0 ? new Canonical(text, "") : new Canonical(text.substring(0, bar), text.substring(bar + 1));
    }

    /** Whether something of this version is what it asks for. */
    public boolean accepts(String loaded) {
        return version.isEmpty() || version.equals(loaded);
    }
}
