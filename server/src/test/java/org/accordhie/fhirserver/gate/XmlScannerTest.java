package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.accordhie.fhirserver.gate.GateVerdict.Passed;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlScannerTest {

    private static final String BOMB =
            "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;&x;\">]><Patient><id value='&y;'/></Patient>";

    private final XmlScanner scanner = new XmlScanner(new BodyBounds(5, 2));

    @ParameterizedTest(name = "{0} -> {1} at {2}")
    @MethodSource
    void refusesWithTheProblemAndItsPlace(String body, Problem problem, String path) {
        assertThat(scanner.scan(bytes(body))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem()).isEqualTo(problem);
            assertThat(refused.place().path()).isEqualTo(path);
        });
    }

    static Stream<Arguments> refusesWithTheProblemAndItsPlace() {
        return Stream.of(
                arguments("", Problem.BODY_MISSING, ""),
                arguments("   ", Problem.MALFORMED, ""),
                arguments("{}", Problem.MALFORMED, ""),
                arguments("\uFEFF<Patient/>", Problem.NOT_UTF8, ""),
                arguments("<Patient><id></Patient>", Problem.MALFORMED, "Patient.id[0]"),
                arguments("<Patient/><Patient/>", Problem.MALFORMED, ""),
                arguments("<Patient/>x", Problem.MALFORMED, ""),
                arguments("<Patient><id value='1' value='2'/></Patient>", Problem.MALFORMED, "Patient"),
                arguments("<Patient><id value='&secret;'/></Patient>", Problem.MALFORMED, "Patient"),
                arguments("<Patient><id value='&#0;'/></Patient>", Problem.MALFORMED, "Patient"),
                arguments(BOMB, Problem.DOCUMENT_TYPE, ""),
                arguments("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", Problem.DOCUMENT_TYPE, ""),
                arguments("<Patient>&secret;</Patient>", Problem.MALFORMED, "Patient"),
                arguments("<?go now?><Patient/>", Problem.PROCESSING_INSTRUCTION, ""),
                arguments("<Patient><?xml-stylesheet href='x'?></Patient>", Problem.PROCESSING_INSTRUCTION, "Patient"),
                arguments("<?xml version='1.1'?><Patient/>", Problem.XML_DECLARATION, ""),
                arguments("<?xml version='1.0' encoding='ISO-8859-1'?><Patient/>", Problem.XML_DECLARATION, ""),
                arguments("<a><b><c><d><e><f/></e></d></c></b></a>", Problem.TOO_DEEP, "b[0].c[0].d[0].e[0]"),
                arguments(
                        "<Bundle><entry/><entry/><id value='x'/><entry/></Bundle>",
                        Problem.TOO_MANY_ENTRIES,
                        "Bundle.entry[0]"),
                arguments(
                        "<Observation><valueQuantity><value value='1e999999999'/></valueQuantity></Observation>",
                        Problem.NUMBER,
                        "Observation.valueQuantity[0].value[0]"),
                arguments(
                        "<Bundle><entry/><entry><resource><Basic><valueDecimal value=' 1E-9999 '/></Basic></resource>"
                                + "</entry></Bundle>",
                        Problem.NUMBER,
                        "Bundle.entry[1].resource[0].valueDecimal[0]"),
                arguments(
                        "<RiskAssessment><score value='" + "9".repeat(65) + "'/></RiskAssessment>",
                        Problem.NUMBER,
                        "RiskAssessment.score[0]"),
                arguments(
                        "<Bundle><entry><request><url value='Encounter?length=1e9999'/></request></entry></Bundle>",
                        Problem.QUERY_NUMBER,
                        "Bundle.entry[0].request[0].url[0]"),
                arguments("<Jane_Doe><\u00e4><id></\u00e4></Jane_Doe>", Problem.MALFORMED, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><!-- why not --><active value=\"true\"/></Patient>",
                "<Patient><text><div xmlns=\"http://www.w3.org/1999/xhtml\">&amp; &#228;</div></text></Patient>",
                "<Patient><identifier><value value=\"12E4567\"/></identifier><id value=\"1e99999\"/></Patient>",
                "<Observation><valueQuantity><value value=\"-1.50e-245\"/></valueQuantity></Observation>",
                "<Bundle><entry/><entry/></Bundle>"
            })
    void passesOrdinaryContent(String body) {
        assertThat(scanner.scan(bytes(body))).isEqualTo(new Passed());
    }

    @Test
    void countsLinesAndColumns() {
        assertThat(scanner.scan(bytes("<Patient>\n  <?now?>\n</Patient>")))
                .isEqualTo(new Refused(Problem.PROCESSING_INSTRUCTION, new Place("Patient", 2, 3)));
    }

    @Test
    void passesALongAttachment() {
        var body = "<Binary><data value=\"" + "QUJD".repeat(1_000_000) + "\"/></Binary>";

        assertThat(scanner.scan(bytes(body))).isEqualTo(new Passed());
    }

    @Test
    void refusesMoreNamesThanFhirHas() {
        var body = new StringBuilder("<Patient>");
        for (var i = 0; i < XmlNesting.MAX_NAMES; i++) {
            body.append("<n").append(i).append("/>");
        }

        assertThat(scanner.scan(bytes(body.append("</Patient>").toString())))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_NAMES));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(scanner.scan("<Patient>\u00e4</Patient>".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new Refused(Problem.NOT_UTF8, new Place("", 1, 10)));
        assertThat(scanner.scan("<Patient/>".getBytes(StandardCharsets.UTF_16)))
                .isEqualTo(new Refused(Problem.NOT_UTF8, new Place("", 1, 1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
