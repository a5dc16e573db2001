package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resource whose text has not been parsed is what the text says, with the id and the meta that it carries. */
class StoredTextTest {

    @ParameterizedTest(name = "{0} of a Patient: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            {"resourceType":"Patient","active":true};          true
            {"resourceType":"Patient"};                        true
            {"resourceType":"Patient","id":"1"};               false
            {"resourceType":"Patient","meta":{"source":"s"}};  false
            {"resourceType":"Person","active":true};           false
            { "resourceType":"Patient","active":true};         false
            ``;                                                false
            """)
    void isToldAsItIsOnlyIfItHasTheFormThatStorageWrites(String json, boolean isPlain) {
        assertThat(StoredText.isPlain(json, "Patient")).isEqualTo(isPlain);
    }

    @Test
    void theWholeResourceHasTheTextTheIdAndTheMeta() {
        var bare = new Patient();
        bare.setId("Patient/a/_history/2");
        bare.getMeta().setVersionId("2").addSecurity().setCode("PSY");
        new StoredText("{\"resourceType\":\"Patient\",\"gender\":\"female\"}", "{}", null).carriedBy(bare);

        var whole = (Patient) StoredText.whole(bare, FhirContext.forR4Cached());

        assertThat(StoredText.of(whole)).isEmpty();
        assertThat(whole.getGender().toCode()).isEqualTo("female");
        assertThat(whole.getIdElement().getValue()).isEqualTo("Patient/a/_history/2");
        assertThat(whole.getMeta().getSecurityFirstRep().getCode()).isEqualTo("PSY");
        assertThat(StoredText.whole(whole, FhirContext.forR4Cached())).isSameAs(whole);
    }
}
