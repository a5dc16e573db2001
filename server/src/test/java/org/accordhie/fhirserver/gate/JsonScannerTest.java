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

class JsonScannerTest {

    private final JsonScanner scanner = new JsonScanner(new BodyBounds(8, 3));

    @ParameterizedTest(name = "{0} -> {1} at {2}")
    @MethodSource
    void refusesWithTheProblemAndItsPlace(String body, Problem problem, String place) {
        assertThat(scanner.scan(bytes(body))).isEqualTo(refused(problem, place));
    }

    static Stream<Arguments> refusesWithTheProblemAndItsPlace() {
        return Stream.of(
                arguments("", Problem.BODY_MISSING, "|1|1"),
                arguments(" \n ", Problem.BODY_MISSING, "|2|2"),
                arguments("[]", Problem.NOT_AN_OBJECT, "|1|1"),
                arguments("null", Problem.NOT_AN_OBJECT, "|1|1"),
                arguments("\uFEFF{}", Problem.NOT_UTF8, "|1|1"),
                arguments("{} {}", Problem.TRAILING_CONTENT, "|1|4"),
                arguments("{\"resourceType\":\"Patient\"}x", Problem.TRAILING_CONTENT, "Patient|1|27"),
                arguments("{", Problem.MALFORMED, "|1|2"),
                arguments("{\"a\":1,}", Problem.MALFORMED, "a|1|8"),
                arguments("{\"a\" 1}", Problem.MALFORMED, "a|1|6"),
                arguments("{\"a\":[1 2]}", Problem.MALFORMED, "a[0]|1|9"),
                arguments("{\"a\":[1,]}", Problem.MALFORMED, "a[1]|1|9"),
                arguments("{\"a\":01}", Problem.MALFORMED, "a|1|7"),
                arguments("{\"a\":+1}", Problem.MALFORMED, "a|1|6"),
                arguments("{\"a\":1.}", Problem.MALFORMED, "a|1|8"),
                arguments("{\"a\":NaN}", Problem.MALFORMED, "a|1|6"),
                arguments("{\"a\":tru}", Problem.MALFORMED, "a|1|9"),
                arguments("{\"a\":\"b", Problem.MALFORMED, "a|1|8"),
                arguments("{\"a\":'b'}", Problem.MALFORMED, "a|1|6"),
                arguments("{\"a\":\"\\x\"}", Problem.MALFORMED, "a|1|7"),
                arguments("{\"a\":\"\\u12g4\"}", Problem.MALFORMED, "a|1|7"),
                arguments("{\"a\":1/**/}", Problem.MALFORMED, "a|1|7"),
                arguments("{\"a\":[}", Problem.MALFORMED, "a[0]|1|7"),
                arguments("{\"a\":{]", Problem.MALFORMED, "a|1|7"),
                arguments("{\"a\":\"\n\"}", Problem.CONTROL_CHARACTER, "a|1|7"),
                arguments("{\"a\":\"\\u0000\"}", Problem.CONTROL_CHARACTER, "a|1|7"),
                arguments("{\"a\":\"\\b\"}", Problem.CONTROL_CHARACTER, "a|1|7"),
                arguments("{\"a\":\"\\ud83dx\"}", Problem.LONE_SURROGATE, "a|1|7"),
                arguments("{\"a\":\"\\ude00\"}", Problem.LONE_SURROGATE, "a|1|7"),
                arguments("{\"a\":\"\\ud83d\\u0041\"}", Problem.LONE_SURROGATE, "a|1|7"),
                arguments("{\"a\":1,\n \"b\":2,\n \"a\":3}", Problem.DUPLICATE_NAME, "a|3|2"),
                arguments(
                        "{\"resourceType\":\"Patient\",\"resourceType\":\"Group\"}",
                        Problem.DUPLICATE_NAME,
                        "Patient.resourceType|1|27"),
                arguments("{\"a\":1,\"\\u0061\":2}", Problem.ESCAPED_NAME, "|1|8"),
                arguments("{\"a\":1,\"\":2}", Problem.EMPTY_NAME, "|1|8"),
                arguments(
                        "{\"resourceType\":\"Patient\",\"name\":[{},{\"family\":\"Müller\",\"family\":\"\"}]}",
                        Problem.DUPLICATE_NAME,
                        "Patient.name[1].family|1|57"),
                arguments("{\"a\":1e309}", Problem.NUMBER, "a|1|6"),
                arguments("{\"a\":1E-999999999}", Problem.NUMBER, "a|1|6"),
                arguments("{\"a\":1e99999999999999999999}", Problem.NUMBER, "a|1|6"),
                arguments("{\"a\":[0," + "1".repeat(65) + "]}", Problem.NUMBER, "a[1]|1|9"),
                arguments(
                        "{\"valueQuantity\":{\"value\":\"1e999999999\"}}", Problem.NUMBER, "valueQuantity.value|1|27"),
                arguments("{\"valueDecimal\":\"1\\u0065999999999\"}", Problem.NUMBER, "valueDecimal|1|17"),
                arguments("{\"score\":\"\u0661e\u0669\u0669\u0669\u0669\"}", Problem.NUMBER, "score|1|10"),
                arguments(
                        "{\"entry\":[{\"request\":{\"url\":\"Observation?value-quantity=1e999999999\"}}]}",
                        Problem.QUERY_NUMBER,
                        "entry[0].request.url|1|29"),
                arguments(
                        "{\"ifNoneExist\":\"value-quantity\\u003d1e999999999\"}",
                        Problem.QUERY_NUMBER,
                        "ifNoneExist|1|16"),
                arguments("{\"reference\":\"Encounter?length=1e9999\"}", Problem.QUERY_NUMBER, "reference|1|14"),
                arguments("[".repeat(9), Problem.NOT_AN_OBJECT, "|1|1"),
                arguments("{\"a\":" + "[".repeat(8), Problem.TOO_DEEP, "a[0][0][0][0][0][0][0]|1|13"),
                arguments("{\"a\":".repeat(9), Problem.TOO_DEEP, "a.a.a.a.a.a.a.a|1|41"),
                arguments(
                        "{\"resourceType\":\"Bundle\",\"entry\":[{},{},{},{}]}",
                        Problem.TOO_MANY_ENTRIES,
                        "Bundle.entry[3]|1|44"),
                arguments(
                        "{\"entry\":[{},{\"resource\":{\"a\":1e400}}],\"resourceType\":\"Bundle\"}",
                        Problem.NUMBER,
                        "entry[1].resource.a|1|31"),
                arguments("{\"Jane Doe 1970\":{\"b\":!}}", Problem.MALFORMED, "|1|23"),
                arguments("{\"resourceType\":\"JaneDoe\",\"b\":!}", Problem.MALFORMED, "b|1|31"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"resourceType\":\"Patient\",\"active\":true,\"deceasedBoolean\":false}\r\n",
                "{\"a\":{\"a\":{\"a\":null}},\"b\":[{\"a\":0},{\"a\":-0.0}]}",
                "{\"a\":[1e0,1E+3,-1.50e-245,123456789012345678.123456789]}",
                "{\"a\":\"\u00e4\u20ac\uD83D\uDE00 \\ud83d\\ude00 \\\" \\\\ \\/ \\n \\r \\t \\u00e4\"}",
                "{\"identifier\":[{\"value\":\"12E4567\"}],\"telecom\":[{\"value\":\"1e999\"}]}",
                "{\"id\":\"1e999999\",\"valueString\":\"1e999999\",\"valueQuantity\":{\"value\":98.60}}",
                "{\"url\":\"http://x?value-quantity=1e9999\",\"reference\":\"Patient?identifier=x|12E4567\"}",
                "{\"entry\":[{},{},{}]}",
                "{\"a\":{\"entry\":[1,2,3,4,5]}}",
                "{\"a\":[[[[[[[]]]]]]]}"
            })
    void passesOrdinaryContent(String body) {
        assertThat(scanner.scan(bytes(body))).isEqualTo(new Passed());
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNotUtf8(byte[] text) {
        var body = bytes("{\"a\":\"????\"}");
        System.arraycopy(text, 0, body, 6, text.length);

        assertThat(scanner.scan(body)).isEqualTo(refused(Problem.NOT_UTF8, "a|1|7"));
    }

    static Stream<byte[]> refusesWhatIsNotUtf8() {
        return Stream.of(
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0xA2},
                new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0xA2},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xFF});
    }

    @Test
    void acceptsAnArrayOnlyAsPatch() {
        var patch = bytes("[{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]");

        assertThat(scanner.scanPatch(patch)).isEqualTo(new Passed());
        assertThat(scanner.scan(patch)).isEqualTo(refused(Problem.NOT_AN_OBJECT, "|1|1"));
    }

    @Test
    void refusesALargeNumberInAnyTextOfAPatch() {
        var patch = bytes("[{\"anything\":\"1e999999999\"}]");

        assertThat(scanner.scanPatch(patch)).isEqualTo(refused(Problem.NUMBER, "[0].anything|1|14"));
    }

    @Test
    void refusesATextTheParserWouldNotRead() {
        var body = bytes("{\"data\":\"" + "A".repeat(20_000_001) + "\"}");

        assertThat(scanner.scan(body)).isEqualTo(refused(Problem.TEXT_TOO_LONG, "data|1|9"));
    }

    @Test
    void refusesMoreNamesThanAnyTypeHas() {
        var body = new StringBuilder("{\"n\":0");
        for (var i = 0; i < JsonNesting.MAX_NAMES; i++) {
            body.append(",\"n").append(i).append("\":0");
        }

        assertThat(scanner.scan(bytes(body.append('}').toString())))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_NAMES));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Refused refused(Problem problem, String place) {
        var parts = place.split("\\|", -1);
        return new Refused(problem, new Place(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
}
