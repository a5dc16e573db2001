package org.accordhie.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportRequestTest {

    private static final List<String> SERVED = List.of("Device", "Observation", "Patient", "Practitioner");

    @Test
    void asksForEverythingWhereItSaysNothing() {
        var request = ExportRequest.parse(ExportLevel.SYSTEM, Map.of(), SERVED);

        assertThat(request).isEqualTo(new ExportRequest(ExportLevel.SYSTEM, java.util.Set.of(), null));
    }

    @Test
    void readsTypesInOneValueAndInSeveral() {
        var request = ExportRequest.parse(
                ExportLevel.PATIENT, Map.of("_type", List.of("Patient,Observation", "Patient")), SERVED);

        assertThat(request.types()).containsExactlyInAnyOrder("Patient", "Observation");
    }

    @Test
    void readsTheTrailWhereItIsNamed() {
        var request = ExportRequest.parse(ExportLevel.GROUP, Map.of("_type", List.of("AuditEvent")), SERVED);

        assertThat(request.types()).containsExactly("AuditEvent");
    }

    @Test
    void readsAnInstantInItsTimeZone() {
        var request = ExportRequest.parse(
                ExportLevel.SYSTEM, Map.of("_since", List.of("2026-01-31T08:00:00.500+02:00")), SERVED);

        assertThat(request.since()).isEqualTo(Instant.parse("2026-01-31T06:00:00.500Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "application/ndjson", "application/fhir+ndjson"})
    void knowsEverySpellingOfTheFormat(String format) {
        assertThat(ExportRequest.parse(ExportLevel.GROUP, Map.of("_outputFormat", List.of(format)), SERVED)
                        .level())
                .isEqualTo(ExportLevel.GROUP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SYSTEM  | _outputFormat | text/csv
            SYSTEM  | _type         | Basic
            SYSTEM  | _type         | ''
            SYSTEM  | _type         | patient
            PATIENT | _type         | Practitioner
            PATIENT | _type         | Device
            GROUP   | _type         | Practitioner
            SYSTEM  | _since        | 2026-01-31
            SYSTEM  | _since        | yesterday
            SYSTEM  | _since        | ''
            SYSTEM  | _typeFilter   | Observation?status=final
            SYSTEM  | _elements     | id
            PATIENT | patient       | Patient/1
            SYSTEM  | _count        | 5
            SYSTEM  | type          | Patient
            """)
    void refusesWhatItDoesNotCarryOutAndRepeatsNoValue(ExportLevel level, String name, String value) {
        assertThatThrownBy(() -> ExportRequest.parse(level, Map.of(name, List.of(value)), SERVED))
                .isInstanceOf(MalformedExport.class)
                .hasMessageContaining(name.startsWith("_c") || name.equals("type") ? "parameters" : name)
                .hasMessageNotContaining("status=final");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_since", "_outputFormat"})
    void refusesTwoAnswersToOneQuestion(String name) {
        assertThatThrownBy(() -> ExportRequest.parse(ExportLevel.SYSTEM, Map.of(name, List.of("a", "b")), SERVED))
                .isInstanceOf(MalformedExport.class)
                .hasMessageContaining(name);
    }
}
