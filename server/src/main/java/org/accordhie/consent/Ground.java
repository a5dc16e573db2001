package org.accordhie.consent;

/** On what a decision rests: the step of "In which order" ({@code docs/consent.md}) that settled it. */
public enum Ground {
    /** What the requester is to the resource: its author, or the patient it is about. */
    RELATION,
    /** What kind of resource it is: the directory, a consent, nobody's record. */
    CATEGORY,
    /** A law that nobody's consent opens. */
    NEVER,
    /** A law that nobody's consent closes. */
    ALWAYS,
    /** A consent that cannot be computed. */
    UNCOMPUTABLE,
    /** A consent that denies. */
    DENIED,
    /** A law that asks for a yes which the patient has not said. */
    REQUIRES_CONSENT,
    /** A consent that permits. */
    PERMITTED,
    /** A consent that permits this requester other data. */
    OTHER_DATA,
    /** What holds where the patient has said nothing. */
    DEFAULT,
    /** A declared emergency. */
    BREAK_GLASS
}
