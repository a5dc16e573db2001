package org.accordhie.fhirserver.gate;

/** What the gate refuses, with the answer it gives. */
public enum Problem {
    URL_TOO_LONG(414, "too-long", "The request address is longer than this server accepts"),
    URL_NOT_CLEAN(400, "value", "The address or query holds a control character or a wrong percent escape"),
    QUERY_NUMBER(400, "value", "A search parameter holds a number with too many digits or too large an exponent"),
    HEADERS_TOO_LARGE(431, "too-long", "The request headers are larger than this server accepts"),
    BODY_TOO_LARGE(413, "too-long", "The request body is larger than this server accepts"),
    BODY_CUT_SHORT(400, "structure", "The request body is shorter than announced"),
    BODY_UNEXPECTED(400, "structure", "A request of this method must not have a body"),
    BODY_MISSING(400, "structure", "The request body is empty"),
    CONTENT_TYPE(415, "not-supported", "The content type is not accepted here; send application/fhir+json or +xml"),
    CHARSET(415, "not-supported", "The only character set this server accepts is UTF-8"),
    CONTENT_ENCODING(415, "not-supported", "Compressed request bodies are not accepted"),

    NOT_UTF8(400, "structure", "The body is not UTF-8 without a byte order mark"),
    MALFORMED(400, "structure", "The body is not well-formed"),
    NOT_AN_OBJECT(400, "structure", "The body's outermost value must be one object"),
    TRAILING_CONTENT(400, "structure", "The body goes on after its end"),
    TOO_DEEP(400, "too-long", "The body is nested deeper than this server accepts"),
    DUPLICATE_NAME(400, "structure", "The object has the same property twice"),
    ESCAPED_NAME(400, "structure", "A property name is written with an escape, which no FHIR name needs"),
    EMPTY_NAME(400, "structure", "A property has no name"),
    TOO_MANY_NAMES(400, "too-long", "There are more different names than any FHIR content has"),
    TOO_MANY_ENTRIES(413, "too-long", "The bundle has more entries than this server accepts"),
    NUMBER(400, "value", "The number has too many digits or too large an exponent"),
    TEXT_TOO_LONG(413, "too-long", "The text is longer than this server accepts"),
    CONTROL_CHARACTER(400, "value", "The text holds a control character, which FHIR forbids"),
    LONE_SURROGATE(400, "value", "The text holds half of a surrogate pair"),
    DOCUMENT_TYPE(400, "structure", "A document type or entity declaration is not accepted"),
    PROCESSING_INSTRUCTION(400, "structure", "A processing instruction is not accepted"),
    XML_DECLARATION(400, "structure", "The XML declaration must say version 1.0 and no encoding but UTF-8");

    private final int status;
    private final String issueCode;
    private final String sentence;

    Problem(int status, String issueCode, String sentence) {
        this.status = status;
        this.issueCode = issueCode;
        this.sentence = sentence;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** A code of FHIR's issue-type value set. */
    public String issueCode() {
        return issueCode;
    }

    /** What is wrong, in English without a full stop, so that a place may follow. */
    public String sentence() {
        return sentence;
    }
}
