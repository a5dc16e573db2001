package org.accordhie.fhirserver.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;

/**
 * A body on its way through the gate into the parser. What the gate lets through is read or refused by the parser in the way that
 * becomes an answer of the 400s; anything else that is thrown is a finding.
 */
final class GateThenParser {

    private static final FhirContext R4 = FhirContext.forR4();

    private GateThenParser() {}

    static void json(byte[] body, BodyBounds bounds) {
        if (new JsonScanner(bounds).scan(body) instanceof Passed) {
            parse(R4.newJsonParser(), body);
        }
    }

    static void xml(byte[] body, BodyBounds bounds) {
        if (new XmlScanner(bounds).scan(body) instanceof Passed) {
            parse(R4.newXmlParser(), body);
        }
    }

    private static void parse(IParser parser, byte[] body) {
        parser.setParserErrorHandler(new StrictErrorHandler());
        try {
            var resource = parser.parseResource(new String(body, StandardCharsets.UTF_8));
            // What was read can be written: it is stored as text.
            R4.newJsonParser().encodeResourceToString(resource);
        } catch (DataFormatException refused) {
            requireMessage(refused);
        }
    }

    /** A refusal without a word would become an answer without one. */
    static void requireMessage(RuntimeException refused) {
        if (refused.getMessage() == null) {
            throw new IllegalStateException("a refusal without a word", refused);
        }
    }
}
