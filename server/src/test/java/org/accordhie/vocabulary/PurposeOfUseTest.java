package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

@DisplayName("a purpose of use")
class PurposeOfUseTest {

    /** In later releases of the code system, but not yet in R4's. */
    private static final Set<PurposeOfUse> LATER = EnumSet.of(PurposeOfUse.TREATDS);

    @ParameterizedTest(name = "{0} within {1}: {2}")
    @CsvSource({
        "BTG, ETREAT, true",
        "BTG, TREAT, true",
        "TREAT, ETREAT, false",
        "ETREAT, BTG, false",
        "ELIGVER, HPAYMT, true",
        "HPAYMT, ELIGVER, false",
        "HQUALIMP, HOPERAT, true",
        "HMARKT, HOPERAT, false",
        "BIORCH, HRESCH, true",
        "CLINTRCH, HRESCH, true",
        "CLINTRCH, TREAT, false",
        "CLINTRCHNPC, CLINTRCH, true",
        "CLINTRL, TREAT, true",
        "CAREMGT, TREAT, false",
        "FAMRQT, PATRQT, true",
        "PUBHLTH, TREAT, false"
    })
    void liesWithin(PurposeOfUse purpose, PurposeOfUse broader, boolean within) {
        assertThat(purpose.isWithin(broader)).isEqualTo(within);
    }

    @Test
    void liesWhereHl7PutsIt() throws Exception {
        var broader = hl7();
        assertThat(broader).hasSizeGreaterThan(50);

        broader.forEach((code, ancestors) -> {
            var purpose = PurposeOfUse.ofCode(code).orElseThrow(() -> new AssertionError(code + " is missing"));
            assertThat(within(purpose)).as(code).isEqualTo(ancestors);
        });
        assertThat(Arrays.stream(PurposeOfUse.values()).filter(purpose -> !broader.containsKey(purpose.name())))
                .containsExactlyInAnyOrderElementsOf(LATER);
    }

    private static Set<String> within(PurposeOfUse purpose) {
        return Arrays.stream(PurposeOfUse.values())
                .filter(purpose::isWithin)
                .map(PurposeOfUse::name)
                .collect(Collectors.toSet());
    }

    /** The codes below {@code PurposeOfUse}, each with itself and those above it, as R4 publishes them. */
    private static Map<String, Set<String>> hl7() throws Exception {
        try (var file = Objects.requireNonNull(
                PurposeOfUseTest.class.getResourceAsStream("/org/hl7/fhir/r4/model/valueset/v3-codesystems.xml"))) {
            var document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
            var concepts = document.getElementsByTagName("concept");
            var found = new HashMap<String, Set<String>>();
            for (var index = 0; index < concepts.getLength(); index++) {
                var path = pathOf(concepts.item(index));
                var root = path.lastIndexOf("/PurposeOfUse/");
                if (root >= 0 && path.startsWith(PurposeOfUse.SYSTEM)) {
                    var codes = path.substring(root + "/PurposeOfUse/".length()).split("/");
                    found.put(codes[codes.length - 1], Set.of(codes));
                }
            }
            return found;
        }
    }

    private static String pathOf(Node concept) {
        if (!concept.getNodeName().equals("concept")) {
            return valueOf(concept, "url");
        }
        return pathOf(concept.getParentNode()) + "/" + valueOf(concept, "code");
    }

    private static String valueOf(Node parent, String name) {
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                return element.getAttribute("value");
            }
        }
        return "";
    }

    @Test
    void isFoundByItsCode() {
        assertThat(PurposeOfUse.values())
                .allSatisfy(purpose ->
                        assertThat(PurposeOfUse.ofCode(purpose.name())).contains(purpose));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "treat", "TREATMENT", " TREAT", "PurposeOfUse"})
    void isNotFoundByAnythingElse(String code) {
        assertThat(PurposeOfUse.ofCode(code)).isEmpty();
    }
}
