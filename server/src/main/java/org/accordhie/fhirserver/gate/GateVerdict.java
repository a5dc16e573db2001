package org.accordhie.fhirserver.gate;

/** What a scanner says of a body. */
public sealed interface GateVerdict {

    /** The body may go on to the parser. */
    record Passed() implements GateVerdict {}

    /**
     * The body must not reach the parser.
     *
     * @param problem what is wrong with it
     * @param place where, in names and numbers only
     */
    record Refused(Problem problem, Place place) implements GateVerdict {}
}
