package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.util.FhirTerser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** When a resource clinically was: which element says so, for each type. Source: {@code docs/consent.md}, "Dates". */
final class ClinicalDates {

    /** For each type, the elements that say when, best first. */
    private static final Map<String, List<String>> ELEMENTS = Map.ofEntries(
            Map.entry("AllergyIntolerance", List.of("onset[x]", "recordedDate")),
            Map.entry("CarePlan", List.of("period", "created")),
            Map.entry("CareTeam", List.of("period")),
            Map.entry("Claim", List.of("billablePeriod", "created")),
            Map.entry("Condition", List.of("onset[x]", "recordedDate")),
            Map.entry("Consent", List.of("dateTime")),
            Map.entry("Coverage", List.of("period")),
            Map.entry("DiagnosticReport", List.of("effective[x]", "issued")),
            Map.entry("DocumentReference", List.of("context.period", "date")),
            Map.entry("Encounter", List.of("period")),
            Map.entry("ExplanationOfBenefit", List.of("billablePeriod", "created")),
            Map.entry("ImagingStudy", List.of("started")),
            Map.entry("Immunization", List.of("occurrence[x]")),
            Map.entry("MedicationAdministration", List.of("effective[x]")),
            Map.entry("MedicationRequest", List.of("authoredOn")),
            Map.entry("Observation", List.of("effective[x]", "issued")),
            Map.entry("Procedure", List.of("performed[x]")),
            Map.entry("Provenance", List.of("occurred[x]", "recorded")),
            Map.entry("SupplyDelivery", List.of("occurrence[x]")),
            Map.entry("Task", List.of("executionPeriod", "authoredOn")));

    private final FhirTerser terser;

    ClinicalDates(FhirContext context) {
        terser = context.newTerser();
    }

    /** Null where the resource does not say. */
    @Nullable
    TimeSpan of(Resource resource) {
        for (var element : ELEMENTS.getOrDefault(resource.fhirType(), List.of())) {
            for (var value : terser.getValues(resource, resource.fhirType() + "." + element)) {
                var span = spanOf(value);
                if (span != null) {
                    return span;
                }
            }
        }
        return null;
    }

    /**
     * The span that a date, a date and time or a period stands for, to the precision given; null for other types. A date
     * without a time zone is taken as UTC, so that every node reads the same.
     */
    static @Nullable TimeSpan spanOf(IBase value) {
        if (value instanceof Period period) {
            return new TimeSpan(
                    period.hasStart() ? firstOf(period.getStartElement()) : null,
                    period.hasEnd() ? lastOf(period.getEndElement()) : null);
        }
        if (value instanceof BaseDateTimeType date && date.hasValue()) {
            return new TimeSpan(firstOf(date), lastOf(date));
        }
        return null;
    }

    /** The first instant that the value, at its precision, includes. */
    private static Instant firstOf(BaseDateTimeType value) {
        return isDate(value) ? startOf(dayOf(value)) : value.getValue().toInstant();
    }

    /** The last instant that the value, at its precision, includes. */
    private static Instant lastOf(BaseDateTimeType value) {
        var next = switch (value.getPrecision()) {
            case YEAR -> startOf(dayOf(value).plusYears(1));
            case MONTH -> startOf(dayOf(value).plusMonths(1));
            case DAY -> startOf(dayOf(value).plusDays(1));
            case MINUTE -> firstOf(value).plusSeconds(60);
            case SECOND -> firstOf(value).plusSeconds(1);
            case MILLI -> firstOf(value).plusMillis(1);
        };
        return next.minusMillis(1);
    }

    private static boolean isDate(BaseDateTimeType value) {
        return value.getPrecision().compareTo(TemporalPrecisionEnum.DAY) <= 0;
    }

    /** The first day of a date that may lack its day and its month. */
    private static LocalDate dayOf(BaseDateTimeType value) {
        return LocalDate.parse((value.getValueAsString() + "-01-01").substring(0, 10));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
