package org.accordhie.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the condition of a write")
class WriteConditionTest {

    @ParameterizedTest(name = "{0} means {2} of {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            Patient?identifier=urn:x|1;                      urn:x;        1
            Patient?identifier=urn:x%7C1;                    urn:x;        1
            Patient?identifier=http%3A%2F%2Fx.org%2Fa%7C1+2; http://x.org/a; 1 2
            Patient?_format=json&identifier=urn:x|1;         urn:x;        1
            Patient?identifier=urn:x|1&_pretty=true;         urn:x;        1
            """)
    void isAnIdentifier(String address, String system, String value) {
        var condition = WriteCondition.parse(address);

        assertThat(condition).contains(new WriteCondition("Patient", system, value));
        assertThat(condition.flatMap(each -> WriteCondition.parse(each.address())))
                .isEqualTo(condition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient",
                "Patient?",
                "Patient?identifier",
                "Patient?identifier=",
                "Patient?identifier=1",
                "Patient?identifier=|1",
                "Patient?identifier=urn:x|",
                "Patient?identifier=urn:x|1,urn:x|2",
                "Patient?identifier=urn:x|1,2",
                "Patient?identifier=urn:x|1\\,2",
                "Patient?identifier=urn:x|1|2",
                "Patient?identifier=urn:x|%zz",
                "Patient?identifier=urn:x|1&identifier=urn:y|2",
                "Patient?identifier=urn:x|1&active=true",
                "Patient?identifier:of-type=urn:x|1",
                "Patient?_id=1",
                "Patient?subject.identifier=urn:x|1",
                "Patient/1?identifier=urn:x|1",
            })
    void isNothingElse(String address) {
        assertThat(WriteCondition.parse(address)).isEmpty();
    }

    @Test
    void isReadFromParametersAsItIsFromAnAddress() {
        assertThat(WriteCondition.of("Patient", Map.of("identifier", List.of("urn:x|1"), "_format", List.of("json"))))
                .contains(new WriteCondition("Patient", "urn:x", "1"));
        assertThat(WriteCondition.of("Patient", Map.of())).isEmpty();
        assertThat(WriteCondition.of("Patient", Map.of("identifier", List.of())))
                .isEmpty();
    }

    @Test
    void isMetByWhatBearsTheIdentifierAndNothingElse() {
        var condition = new WriteCondition("Patient", "urn:x", "1");

        assertThat(condition.isMetBy(List.of("urn:y|1", "urn:x|1"))).isTrue();
        assertThat(condition.isMetBy(List.of("urn:y|1", "urn:x|12"))).isFalse();
        assertThat(condition.isMetBy(List.of())).isFalse();
        assertThat(WriteCondition.references(Set.of(condition))).containsExactly("Patient?identifier=urn:x|1");
    }
}
