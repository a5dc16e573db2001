package org.accordhie.fhirserver.gate;

/** Any bytes as a JSON body: the gate, and the parser behind it. */
public final class JsonBodyFuzzer {

    private JsonBodyFuzzer() {}

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] body) {
        GateThenParser.json(body, new BodyBounds(64, 200));
    }
}
