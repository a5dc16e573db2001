package org.accordhie.fhirserver.gate;

/** Any bytes as an XML body: the gate, and the parser behind it. */
public final class XmlBodyFuzzer {

    private XmlBodyFuzzer() {}

    /** Called before the first input. */
    public static void fuzzerInitialize() {
        GateThenParser.prepare();
    }

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] body) {
        GateThenParser.xml(body, new BodyBounds(64, 200));
    }
}
