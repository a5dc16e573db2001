package org.accordhie.fhirserver.gate;

import java.io.ByteArrayInputStream;
import java.util.ServiceLoader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;
import org.jspecify.annotations.Nullable;

/** Examines an XML body with a streaming parser that knows neither entities nor documents elsewhere. */
public final class XmlScanner {

    private static final String WOODSTOX = "com.ctc.wstx.stax.WstxInputFactory";
    private static final int MAX_ATTRIBUTES = 64;

    private final BodyBounds bounds;
    private final XMLInputFactory factory = hardenedFactory();

    public XmlScanner(BodyBounds bounds) {
        this.bounds = bounds;
    }

    /** Examines a resource: one element. */
    public GateVerdict scan(byte[] body) {
        if (body.length == 0) {
            return new Refused(Problem.BODY_MISSING, Place.at("", body, 0));
        }
        // The parser would guess other encodings from the first bytes; what comes after the gate would not.
        var invalid = Utf8.firstInvalid(body);
        if (invalid < body.length || hasByteOrderMark(body)) {
            return new Refused(Problem.NOT_UTF8, Place.at("", body, invalid % body.length));
        }
        return new Pass(bounds).run(factory, body);
    }

    private static boolean hasByteOrderMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static XMLInputFactory hardenedFactory() {
        var factory = woodstox();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty("org.codehaus.stax2.internNames", false);
        factory.setProperty("org.codehaus.stax2.internNsUris", false);
        factory.setProperty("com.ctc.wstx.lazyParsing", false);
        factory.setProperty("com.ctc.wstx.maxAttributesPerElement", MAX_ATTRIBUTES);
        factory.setProperty("com.ctc.wstx.maxAttributeSize", Integer.MAX_VALUE);
        return factory;
    }

    /** The parser HAPI uses, by name: another one on the class path would not know the bounds set on it. */
    private static XMLInputFactory woodstox() {
        return ServiceLoader.load(XMLInputFactory.class, XmlScanner.class.getClassLoader()).stream()
                .filter(provider -> provider.type().getName().equals(WOODSTOX))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + WOODSTOX + " on the class path"))
                .get();
    }

    private static final class Pass {

        private final XmlNesting nesting;
        private Place place = new Place("", 1, 1);

        Pass(BodyBounds bounds) {
            nesting = new XmlNesting(bounds);
        }

        GateVerdict run(XMLInputFactory factory, byte[] body) {
            try {
                document(factory.createXMLStreamReader(new ByteArrayInputStream(body)));
                return new Passed();
            } catch (Refusal refusal) {
                return new Refused(refusal.problem(), place);
            } catch (XMLStreamException malformed) {
                // Its message quotes the body, so only the place is taken from it.
                return new Refused(Problem.MALFORMED, placeOf(malformed.getLocation()));
            }
        }

        private void document(XMLStreamReader reader) throws XMLStreamException, Refusal {
            requireUtf8(reader);
            while (reader.hasNext()) {
                var event = reader.next();
                try {
                    accept(event, reader);
                } catch (Refusal refusal) {
                    place = placeOf(reader.getLocation());
                    throw refusal;
                }
            }
        }

        private void requireUtf8(XMLStreamReader reader) throws Refusal {
            var encoding = reader.getCharacterEncodingScheme();
            var version = reader.getVersion();
            if ((encoding != null && !encoding.equalsIgnoreCase("UTF-8"))
                    || (version != null && !version.equals("1.0"))) {
                throw new Refusal(Problem.XML_DECLARATION);
            }
        }

        private void accept(int event, XMLStreamReader reader) throws Refusal {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> element(reader);
                case XMLStreamConstants.END_ELEMENT -> nesting.close();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Refusal(Problem.DOCUMENT_TYPE);
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> throw new Refusal(Problem.PROCESSING_INSTRUCTION);
                default -> {}
            }
        }

        private void element(XMLStreamReader reader) throws Refusal {
            nesting.open(reader.getLocalName());
            for (var i = 0; i < reader.getAttributeCount(); i++) {
                var name = reader.getAttributeLocalName(i);
                nesting.addName(name);
                if (name.equals("value")) {
                    value(reader, i);
                }
            }
        }

        private void value(XMLStreamReader reader, int attribute) throws Refusal {
            if (nesting.mayBeDecimal() && DecimalBounds.exceeds(reader.getAttributeValue(attribute))) {
                throw new Refusal(Problem.NUMBER);
            }
            if (nesting.maySearch()) {
                QueryText.requireSafeSearch(reader.getAttributeValue(attribute));
            }
        }

        /** Not every problem of the parser has one. */
        private Place placeOf(@Nullable Location location) {
            if (location == null) {
                return new Place(nesting.path(), 1, 1);
            }
            return new Place(
                    nesting.path(), Math.max(1, location.getLineNumber()), Math.max(1, location.getColumnNumber()));
        }
    }
}
