package org.accordhie.fhirserver.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;

/**
 * A body on its way through the gate into the parser. The gate throws nothing. What it lets through is read, or the parser throws one of
 * its many exceptions, which are answered with a 400; an error, a long time or much memory is a finding.
 */
final class GateThenParser {

    private static final FhirContext R4 = FhirContext.forR4();

    /** What throws for the parser where it passes a null or an index on. */
    private static final List<String> LIBRARIES = List.of("java.", "org.apache.commons.");

    private GateThenParser() {}

    /** Reads what the parser reads once, so that it is not counted as the time of the first body. */
    static void prepare() {
        var bounds = new BodyBounds(64, 200);
        json("{\"resourceType\":\"Observation\",\"status\":\"final\"}".getBytes(StandardCharsets.UTF_8), bounds);
        xml("<Patient xmlns=\"http://hl7.org/fhir\"/>".getBytes(StandardCharsets.UTF_8), bounds);
    }

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
        } catch (DataFormatException | IllegalArgumentException | IllegalStateException refused) {
            requireMessage(refused);
        } catch (RuntimeException refused) {
            requireIsOfTheParser(refused);
        }
    }

    /** What HAPI throws is answered by a sentence of ours; what anybody else throws is a fault. */
    static void requireIsOfTheParser(RuntimeException refused) {
        var thrower = Arrays.stream(refused.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> LIBRARIES.stream().noneMatch(name::startsWith))
                .findFirst();
        // What is thrown often has no frames any more.
        if (thrower.isPresent() && !thrower.get().startsWith("ca.uhn.fhir.")) {
            throw refused;
        }
    }

    /** A refusal without a word would become an answer without one. */
    static void requireMessage(RuntimeException refused) {
        if (refused.getMessage() == null) {
            throw new IllegalStateException("a refusal without a word", refused);
        }
    }
}
