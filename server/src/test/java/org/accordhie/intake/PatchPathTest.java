package org.accordhie.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the path of a patch")
class PatchPathTest {

    @ParameterizedTest(name = "{0} is told as {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            Patient;                                            Patient
            Patient.birthDate;                                  Patient.birthDate
            Patient.name[0].given[1];                           Patient.name[0].given[1]
            Patient.name.where(use = 'official');               Patient.name.where(use = '…')
            Patient.name.where(use='official').first().family;  Patient.name.where(use='…').first().family
            Patient.name.where(use != 'old' and family = 'X');  Patient.name.where(use != '…' and family = '…')
            Patient.extension('urn:x').value.ofType(Quantity);  Patient.extension('…').value.ofType(Quantity)
            Observation.component.where(value.value = 1.5)[0];  Observation.component.where(value.value = 1.5)[0]
            Patient.contact.last();                             Patient.contact.last()
            """)
    void leadsToAnElement(String path, String told) {
        assertThat(PatchPath.isSimple(path)).isTrue();
        assertThat(PatchPath.told(path)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".name",
                "Patient.",
                "Patient..name",
                "Patient.name[-1]",
                "Patient.name[99999]",
                "Patient.descendants()",
                "Patient.repeat(children())",
                "Patient.name.where(family.matches('(a+)+$'))",
                "Patient.managingOrganization.resolve()",
                "Patient.name.where(family = 'it\\'s')",
                "Patient.name.trace('Miller')",
                "Patient.name | Patient.contact",
                "iif(true, Patient.name, Patient.contact)",
                "Miller, Alice",
            })
    void isRefusedAndNotRepeatedWhereItIsMore(String path) {
        assertThat(PatchPath.isSimple(path)).isFalse();
        assertThat(PatchPath.told(path)).isEmpty();
    }

    @Test
    void hasABound() {
        assertThat(PatchPath.isSimple("Patient" + ".extension".repeat(60))).isFalse();
        assertThat(PatchPath.isPointer("/extension".repeat(60))).isFalse();
    }

    @ParameterizedTest(name = "{0} is a pointer: {1}, told as {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            "";              true;  ""
            /name/0/family;  true;  /name/0/family
            /name/-;         true;  /name/-
            /a~1b;           true;  ""
            /Miller, Alice;  true;  ""
            name;            false; name
            na/me;           false; ""
            """)
    void mayBeAPointer(String pointer, boolean isOne, String told) {
        assertThat(PatchPath.isPointer(pointer)).isEqualTo(isOne);
        assertThat(PatchPath.told(pointer)).isEqualTo(told);
    }

    @Test
    void hasAParent() {
        assertThat(PatchPath.parentOf("Patient.name[0].given")).isEqualTo("Patient.name[0]");
        assertThat(PatchPath.parentOf("Patient")).isEmpty();
    }
}
