package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

@DisplayName("a sensitivity")
class SensitivityTest {

    /** What this hierarchy has beyond HL7's, with the broader sensitivities that are not HL7's. */
    private static final Map<String, Set<String>> ADDED =
            Map.of("ETHUD", Set.of("ETH"), "OPIOIDUD", Set.of("ETH"), "PREGNANT", Set.of("SEX"));

    @ParameterizedTest(name = "{0} within {1}: {2}")
    @CsvSource({
        "ETHUD, ETHUD, true",
        "ETHUD, SUD, true",
        "ETHUD, ETH, true",
        "ETHUD, SPI, true",
        "SUD, ETHUD, false",
        "SUD, ETH, false",
        "COGN, BH, true",
        "COGN, SPI, true",
        "PSY, BH, false",
        "PSY, SPI, true",
        "HIV, STD, false",
        "PREGNANT, SEX, true",
        "LOCAL, LOCAL, true",
        "LOCAL, SPI, false"
    })
    void liesWithin(String code, String other, boolean within) {
        assertThat(Sensitivity.isWithin(code, other)).isEqualTo(within);
    }

    @Test
    void liesWhereHl7PutsIt() throws Exception {
        var expected = hl7();
        assertThat(expected).hasSizeGreaterThan(35);
        ADDED.forEach((code, broader) ->
                expected.computeIfAbsent(code, added -> new HashSet<>()).addAll(broader));

        assertThat(Sensitivity.CODES).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((code, broader) ->
                assertThat(Sensitivity.broader(code)).as(code).isEqualTo(broader));
    }

    @Test
    void ofAnUnknownCodeHasNothingAbove() {
        assertThat(Sensitivity.broader("LOCAL")).isEmpty();
    }

    /** The sensitivities of v3-ActCode with every sensitivity above each, read from HAPI's copy of FHIR R4. */
    private static Map<String, Set<String>> hl7() throws Exception {
        var resource = "/org/hl7/fhir/r4/model/valueset/v3-codesystems.xml";
        try (var input = Objects.requireNonNull(SensitivityTest.class.getResourceAsStream(resource))) {
            var systems = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(input)
                    .getElementsByTagName("CodeSystem");
            for (int index = 0; index < systems.getLength(); index++) {
                var system = (Element) systems.item(index);
                if ("http://terminology.hl7.org/CodeSystem/v3-ActCode".equals(value(system, "url"))) {
                    var broader = new HashMap<String, Set<String>>();
                    collect(system, Set.of(), false, broader);
                    return broader;
                }
            }
        }
        throw new AssertionError("no v3-ActCode");
    }

    /** A code that begins with an underscore groups others and is no label itself. */
    private static void collect(Element parent, Set<String> above, boolean inside, Map<String, Set<String>> broader) {
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (!(child instanceof Element concept) || !"concept".equals(concept.getTagName())) {
                continue;
            }
            var code = value(concept, "code");
            var isLabel = inside && !code.startsWith("_");
            if (isLabel) {
                broader.put(code, new HashSet<>(above));
            }
            var below = new HashSet<>(above);
            if (isLabel) {
                below.add(code);
            }
            collect(concept, below, inside || "_InformationSensitivityPolicy".equals(code), broader);
        }
    }

    private static String value(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getTagName())) {
                return element.getAttribute("value");
            }
        }
        return "";
    }
}
