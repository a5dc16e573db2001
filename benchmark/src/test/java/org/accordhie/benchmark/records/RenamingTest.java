package org.accordhie.benchmark.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RenamingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERSON = "023d7eb6-99db-5345-9a81-a69b58d5216a";
    private static final String HOSPITAL = "ad2dab07-4f85-3950-baaa-7c7cd2aa770c";

    private final ObjectNode record = read("""
            {"entry":[{"fullUrl":"urn:uuid:%1$s","resource":{"resourceType":"Patient","identifier":[
               {"system":"synthea","value":"%1$s"},{"system":"licence","value":"S99"}]}},
             {"fullUrl":"urn:uuid:11111111-1111-1111-1111-111111111111","resource":{"resourceType":"Encounter",
               "subject":{"reference":"urn:uuid:%1$s"},
               "serviceProvider":{"reference":"Organization?identifier=synthea|%2$s"}}}]}""".formatted(PERSON, HOSPITAL));

    @Test
    void everythingInARecordGetsAnotherNameAndStillRefersToEachOther() {
        var renamed = read(Renaming.of(record, 5));
        var patient = renamed.path("entry").path(0);

        assertThat(renamed.toString()).doesNotContain(PERSON);
        assertThat(renamed.path("entry")
                        .path(1)
                        .path("resource")
                        .path("subject")
                        .path("reference"))
                .isEqualTo(patient.path("fullUrl"));
        assertThat("urn:uuid:"
                        + patient.path("resource")
                                .path("identifier")
                                .path(0)
                                .path("value")
                                .asText())
                .isEqualTo(patient.path("fullUrl").asText());
    }

    @Test
    void whatIsOutsideTheRecordKeepsItsName() {
        assertThat(Renaming.of(record, 5)).contains("Organization?identifier=synthea|" + HOSPITAL);
    }

    @Test
    void otherIdentifiersAreOtherOnesToo() {
        assertThat(Renaming.of(record, 5)).contains("\"S99.5\"").doesNotContain("\"S99\"");
    }

    @Test
    void aNumberGivesTheSamePersonAgainAndNoOtherNumberDoes() {
        assertThat(Renaming.of(record, 5)).isEqualTo(Renaming.of(record, 5)).isNotEqualTo(Renaming.of(record, 6));
    }

    @Test
    void theRecordItselfStaysAsItIs() {
        Renaming.of(record, 5);

        assertThat(record.toString()).contains(PERSON).contains("\"S99\"");
    }

    @Test
    void asManyPeopleAsAreWantedAreMadeOfTheSample() throws IOException {
        var corpus = new Corpus(RecordFiles.read(null, 3), 5);

        var patients = new HashSet<String>();
        corpus.all("Patient").forEach(patient -> patients.add(patient.key()));
        assertThat(patients).hasSize(5);
        assertThat(corpus.all("Encounter").map(corpus::patientOf).distinct()).hasSize(5);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
