package org.accordhie.vocabulary;

/**
 * What a request does to a resource type, and the SMART letter that grants it.
 *
 * <p>Source: FHIR R4 RESTful interactions; SMART App Launch 2.2.0, "Scopes for requesting FHIR resources".
 */
public enum Interaction {
    READ('r'),
    VREAD('r'),
    HISTORY_INSTANCE('r'),
    HISTORY_TYPE('s'),
    HISTORY_SYSTEM('s'),
    SEARCH_TYPE('s'),
    SEARCH_SYSTEM('s'),
    CREATE('c'),
    UPDATE('u'),
    PATCH('u'),
    DELETE('d');

    private final char letter;

    Interaction(char letter) {
        this.letter = letter;
    }

    /** One of {@code c r u d s}. */
    public char letter() {
        return letter;
    }

    /** Whether the interaction changes what is stored. */
    public boolean writes() {
        return letter == 'c' || letter == 'u' || letter == 'd';
    }
}
