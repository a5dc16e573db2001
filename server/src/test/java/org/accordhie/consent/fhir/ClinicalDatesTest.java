package org.accordhie.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.accordhie.consent.NamedElement;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("when a resource clinically was")
class ClinicalDatesTest {

    private static final FactsReader READER =
            new FactsReader(FhirContext.forR4Cached(), "https://accord.example/fhir", any -> any);

    private static ResourceFacts read(Resource resource) {
        return READER.read(resource);
    }

    private static Observation observation() {
        var observation = new Observation();
        observation.setId("Observation/1");
        return observation;
    }

    @ParameterizedTest(name = "{0} says when: {1}")
    @CsvSource({
        "Observation.effective, true",
        "Observation.issued, true",
        "Encounter.period.start, true",
        "DocumentReference.context, true",
        "DocumentReference.context.facilityType, false",
        "Observation.value, false",
        "Patient.birthDate, false"
    })
    void isTakenFromSomeElements(String element, boolean isOne) {
        var names = List.of(element.split("[.]"));
        var named = new NamedElement(names.get(0), names.subList(1, names.size()));

        assertThat(ClinicalDates.areAmong(Set.of(named))).isEqualTo(isOne);
    }

    @Test
    void toTheMillisecond() {
        var observation = observation().setEffective(new InstantType("2026-03-01T10:00:00.250Z"));

        assertThat(read(observation).dates()).isEqualTo(span("2026-03-01T10:00:00.250Z", "2026-03-01T10:00:00.250Z"));
    }

    @Test
    void toTheSecond() {
        var observation = observation().setEffective(new DateTimeType("2026-03-01T10:00:00+02:00"));

        assertThat(read(observation).dates()).isEqualTo(span("2026-03-01T08:00:00Z", "2026-03-01T08:00:00.999Z"));
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({"2026-03-01, 2026-03-01, 2026-03-02", "2024-02, 2024-02-01, 2024-03-01", "2026, 2026-01-01, 2027-01-01"
    })
    void toTheDayTheMonthOrTheYear(String date, LocalDate first, LocalDate next) {
        var observation = observation().setEffective(new DateTimeType(date));

        assertThat(read(observation).dates())
                .isEqualTo(new TimeSpan(startOf(first), startOf(next).minusMillis(1)));
    }

    @Test
    void whateverTheTimeZoneOfTheMachine() {
        var here = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try {
            toTheDayTheMonthOrTheYear("2026-03-01", LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2));
            toTheSecond();
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void forEveryType(ResourceType type) {
        var resource = (Resource)
                FhirContext.forR4Cached().getResourceDefinition(type.name()).newInstance();
        resource.setId(type.name() + "/1");

        assertThat(read(resource).dates()).isNull();
    }

    @Test
    void fromTheStartOfAPeriodToTheEndOfItsLastDay() {
        var encounter = new Encounter();
        encounter.setId("Encounter/1");
        encounter.setPeriod(new Period()
                .setStartElement(new DateTimeType("2026-03-01"))
                .setEndElement(new DateTimeType("2026-03-03")));

        assertThat(read(encounter).dates())
                .isEqualTo(new TimeSpan(
                        startOf(LocalDate.of(2026, 3, 1)),
                        startOf(LocalDate.of(2026, 3, 4)).minusMillis(1)));
    }

    @Test
    void withoutAnEndWhereItGoesOn() {
        var encounter = new Encounter();
        encounter.setId("Encounter/1");
        encounter.setPeriod(new Period().setStartElement(new DateTimeType("2026-03-01T08:00:00Z")));

        assertThat(read(encounter).dates()).isEqualTo(new TimeSpan(Instant.parse("2026-03-01T08:00:00Z"), null));
    }

    @Test
    void byTheOnsetOfAConditionBeforeItsRecording() {
        var condition = new Condition();
        condition.setId("Condition/1");
        condition.setRecordedDateElement(new DateTimeType("2026-03-01T08:00:00.000Z"));
        assertThat(read(condition).dates()).isEqualTo(span("2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z"));

        condition.setOnset(new DateTimeType("2020-03-01T08:00:00.000Z"));
        assertThat(read(condition).dates()).isEqualTo(span("2020-03-01T08:00:00Z", "2020-03-01T08:00:00Z"));
    }

    @Test
    void byTheContextOfADocument() {
        var document = new DocumentReference();
        document.setId("DocumentReference/1");
        document.setDateElement(new InstantType("2026-03-01T08:00:00.000Z"));
        document.getContext().setPeriod(new Period().setStartElement(new DateTimeType("2025-03-01T08:00:00.000Z")));

        assertThat(read(document).dates()).isEqualTo(new TimeSpan(Instant.parse("2025-03-01T08:00:00Z"), null));
    }

    @Test
    void orNotAtAll() {
        var condition = new Condition();
        condition.setId("Condition/1");
        condition.setOnset(new StringType("in childhood"));

        assertThat(read(observation()).dates()).isNull();
        assertThat(read(condition).dates()).isNull();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static TimeSpan span(String from, String until) {
        return new TimeSpan(Instant.parse(from), Instant.parse(until));
    }
}
