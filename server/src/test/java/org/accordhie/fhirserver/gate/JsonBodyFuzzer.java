package org.accordhie.fhirserver.gate;

/** Any bytes as a JSON body: the gate, and the parser behind it. */
public final class JsonBodyFuzzer {

    private JsonBodyFuzzer() {}

    /** Called before the first input. */
    public static void fuzzerInitialize() {
        GateThenParser.prepare();
    }

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] body) {
        GateThenParser.json(body, new BodyBounds(64, 200));
    }
}
