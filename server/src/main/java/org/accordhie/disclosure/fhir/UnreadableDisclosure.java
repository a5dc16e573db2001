package org.accordhie.disclosure.fhir;

/** A report of a disclosure that cannot be accounted for as it stands. */
public final class UnreadableDisclosure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;

    UnreadableDisclosure(String message, String path) {
        super(message);
        this.path = path;
    }

    /** The FHIRPath of the element at fault. */
    public String path() {
        return path;
    }
}
