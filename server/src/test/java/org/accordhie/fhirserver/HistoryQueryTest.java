package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what a history is asked for")
class HistoryQueryTest {

    private static final AccordProperties.Limits LIMITS =
            new AccordProperties.Limits(1, 1, 1, 1, 1, Duration.ofSeconds(1), 50, 500);

    @Test
    void isEverythingWhereNothingIsSaid() {
        assertThat(read("")).isEqualTo(new HistoryQuery(null, TimeSpan.ALWAYS, new PatientRecord.Page(50, 0)));
    }

    @Test
    void isAPageOfBoundedSize() {
        assertThat(read("_count=7&_offset=21").page()).isEqualTo(new PatientRecord.Page(7, 21));
        assertThat(read("_count=1000").page()).isEqualTo(new PatientRecord.Page(500, 0));
    }

    @ParameterizedTest(name = "{0} is from {1} until {2}")
    @CsvSource(nullValues = "-", textBlock = """
            _at=2024,                      2024-01-01T00:00:00Z,     2024-12-31T23:59:59.999Z
            _at=eq2024-02,                 2024-02-01T00:00:00Z,     2024-02-29T23:59:59.999Z
            _at=ge2024,                    2024-01-01T00:00:00Z,     -
            _at=gt2024,                    2025-01-01T00:00:00Z,     -
            _at=le2024,                    -,                        2024-12-31T23:59:59.999Z
            _at=lt2024,                    -,                        2023-12-31T23:59:59.999Z
            _at=ge2023&_at=lt2024,         2023-01-01T00:00:00Z,     2023-12-31T23:59:59.999Z
            _at=ge2023&_at=ge2024,         2024-01-01T00:00:00Z,     -
            _at=le2023&_at=le2024,         -,                        2023-12-31T23:59:59.999Z
            _at=2024-01-01T10:00:00.250Z,  2024-01-01T10:00:00.250Z, 2024-01-01T10:00:00.250Z
            """)
    void isOfATime(String query, @Nullable Instant from, @Nullable Instant until) {
        assertThat(read(query).at()).isEqualTo(new TimeSpan(from, until));
    }

    @Test
    void beginsWithTheFirstInstantThatSinceIncludes() {
        assertThat(read("_since=2024-05").since()).isEqualTo("2024-05-01T00:00:00Z");
        assertThat(read("_since=2024-05-01T12:00:00+02:00").since()).isEqualTo("2024-05-01T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_since=",
                "_since=x",
                "_since=2024&_since=2025",
                "_at=",
                "_at=ap2024",
                "_at=ge",
                "_count=0",
                "_count=-1",
                "_count=1.5",
                "_count=1&_count=2",
                "_offset=-1",
                "_sort=date",
                "_list=1",
                "name=x"
            })
    void namesWhatItDoesNotCarryOut(String query) {
        assertThatThrownBy(() -> read(query))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("`" + query.split("=", 2)[0] + "`");
    }

    @Test
    void canBeWrittenInAnyForm() {
        assertThat(read("_format=xml&_pretty=true&_elements=id&_summary=count").page())
                .isEqualTo(new PatientRecord.Page(50, 0));
    }

    @Test
    void ofAnOperationStandsInTheBodyToo() {
        var request = new SystemRequestDetails();
        request.setParameters(new LinkedHashMap<>(Map.of("_offset", new String[] {"3"})));
        request.setResource(new Parameters()
                .addParameter("_count", new IntegerType(2))
                .addParameter("_type", new StringType("Patient"))
                .addParameter("_type", new StringType("Condition")));

        assertThat(KnownParameters.in(request)).containsExactlyInAnyOrder("_offset", "_count", "_type", "_type");
        KnownParameters.addPosted(request);

        assertThat(request.getParameters().get("_count")).containsExactly("2");
        assertThat(request.getParameters().get("_type")).containsExactly("Patient", "Condition");
        assertThat(PatientRecord.Page.of(LIMITS, request)).isEqualTo(new PatientRecord.Page(2, 3));
    }

    private static HistoryQuery read(String query) {
        var parameters = new LinkedHashMap<String, String[]>();
        for (var each : query.isEmpty() ? new String[0] : query.split("&")) {
            var parts = each.split("=", 2);
            var former = parameters.getOrDefault(parts[0], new String[0]);
            var values = java.util.Arrays.copyOf(former, former.length + 1);
            values[former.length] = parts[1];
            parameters.put(parts[0], values);
        }
        var request = new SystemRequestDetails();
        request.setParameters(parameters);
        return HistoryQuery.of(request, LIMITS);
    }
}
