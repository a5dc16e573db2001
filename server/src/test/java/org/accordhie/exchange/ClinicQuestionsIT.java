package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a clinic asks every day, of Synthea's records: answered with all that is released and fits, and nothing else. What fits
 * is found in the stored JSON, without HAPI's search.
 */
@ExchangeTest
class ClinicQuestionsIT {

    private static final List<Partner> CLINICIANS = List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL, RESEARCH_INSTITUTE);

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    /**
     * A question about one person.
     *
     * @param type of resource
     * @param criteria of the search
     * @param fits whether a stored resource is among the answers
     */
    record Question(String type, String criteria, Predicate<JsonNode> fits) {

        @Override
        public String toString() {
            return type + "?" + criteria;
        }
    }

    static Stream<Question> everyDay() {
        return Stream.of(
                new Question(
                        "Patient", "gender=male", body -> text(body, "gender").equals("male")),
                new Question(
                        "Patient",
                        "birthdate=lt2015-01-01",
                        body -> text(body, "birthDate").compareTo("2015-01-01") < 0),
                new Question(
                        "Patient",
                        "address-country=US",
                        body -> body.findValuesAsText("country").contains("US")),
                new Question(
                        "Condition",
                        "clinical-status=active",
                        body -> codes(body, "clinicalStatus").contains("active")),
                new Question(
                        "Condition",
                        "category=encounter-diagnosis",
                        body -> codes(body, "category").contains("encounter-diagnosis")),
                new Question("Condition", "onset-date=ge2015-01-01", body -> since(body, "onsetDateTime", "2015")),
                new Question("Condition", "code=http://snomed.info/sct%7C", body -> body.has("code")),
                new Question(
                        "Encounter",
                        "status=finished",
                        body -> text(body, "status").equals("finished")),
                new Question(
                        "Encounter",
                        "class=AMB",
                        body -> body.path("class").path("code").asText().equals("AMB")),
                new Question("Encounter", "date=ge2018-01-01", body -> since(body.path("period"), "end", "2018")),
                new Question(
                        "Observation",
                        "category=vital-signs",
                        body -> codes(body, "category").contains("vital-signs")),
                new Question(
                        "Observation",
                        "category=laboratory",
                        body -> codes(body, "category").contains("laboratory")),
                new Question(
                        "Observation",
                        "code=8302-2,http://loinc.org%7C29463-7",
                        body -> codes(body, "code").contains("8302-2")
                                || codes(body, "code").contains("29463-7")),
                new Question("Observation", "date=ge2018-01-01", body -> since(body, "effectiveDateTime", "2018")),
                new Question(
                        "MedicationRequest",
                        "status=active",
                        body -> text(body, "status").equals("active")),
                new Question(
                        "MedicationRequest",
                        "intent=order",
                        body -> text(body, "intent").equals("order")),
                new Question("Immunization", "date=ge2015-01-01", body -> since(body, "occurrenceDateTime", "2015")),
                new Question(
                        "Procedure",
                        "status=completed",
                        body -> text(body, "status").equals("completed")),
                new Question(
                        "DiagnosticReport",
                        "status=final",
                        body -> text(body, "status").equals("final")));
    }

    @ParameterizedTest
    @MethodSource("everyDay")
    void areAnsweredWithWhatFitsAndIsReleased(Question question) {
        var bodies = archive.bodies(question.type());
        var answers = 0;
        for (var person : Person.values()) {
            var whose = question.type().equals("Patient") ? "identifier=" : "patient.identifier=";
            var query = question + "&" + whose + person.token() + "&_count=500&_total=accurate";
            for (var partner : CLINICIANS) {
                var released = archive.released(
                        person,
                        partner,
                        stored -> stored.type().equals(question.type())
                                && question.fits().test(bodies.getOrDefault(stored.address(), Caller.JSON.nullNode())));

                var found = exchange.as(partner).search(query);

                assertThat(new TreeSet<>(found.matches()))
                        .as("%s: %s", partner, query)
                        .isEqualTo(released);
                assertThat(found.total()).as("%s: %s", partner, query).isEqualTo(released.size());
                answers += released.size();
            }
        }
        assertThat(answers).as("somebody gets an answer").isPositive();
    }

    static Stream<String> whoseRecord() {
        return Stream.of(
                "Condition?patient=%s",
                "Condition?subject=%s",
                "Condition?subject:Patient=%s",
                "Observation?patient=%s",
                "Observation?subject=%s",
                "Encounter?subject=%s",
                "Immunization?patient=%s",
                "MedicationRequest?patient=%s");
    }

    @ParameterizedTest
    @MethodSource("whoseRecord")
    void aRecordIsFoundByItsPatient(String search) {
        var type = search.substring(0, search.indexOf('?'));
        var found = new HashSet<String>();
        for (var person : Person.values()) {
            var record = archive.recordOf(person);
            for (var patient : record.stream()
                    .filter(Archive.Stored::isPatient)
                    .map(Archive.Stored::address)
                    .toList()) {
                for (var partner : CLINICIANS) {
                    var released = archive.released(
                            person,
                            partner,
                            stored -> stored.type().equals(type)
                                    && stored.patient().equals(patient));
                    // What is typed already is asked for by the id.
                    var value = search.contains(":Patient") ? patient.substring("Patient/".length()) : patient;
                    var query = search.formatted(value) + "&_count=500";

                    assertThat(new TreeSet<>(exchange.as(partner).search(query).matches()))
                            .as("%s: %s", partner, query)
                            .isEqualTo(released);
                    found.addAll(released);
                }
            }
        }
        assertThat(found).isNotEmpty();
    }

    @Test
    void whatComesAlongIsThereHoweverFullThePageIs() {
        var visit = Visit.of("full-page");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var patient =
                clinic.search("Patient?identifier=" + visit.token()).matches().get(0);

        for (var search : List.of("Condition", "Encounter", "Observation")) {
            var full = clinic.search(search + "?patient=" + patient + "&_count=1&_include=" + search + ":patient");
            assertThat(full.matches()).hasSize(1);
            assertThat(full.included()).containsExactly(patient);
        }
        var pages = clinic.pages("Patient?gender=male&_count=2&_revinclude=Condition:patient");
        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(pages.stream().flatMap(page -> page.included().stream()).collect(Collectors.toSet()))
                .containsAll(clinic.pages("Condition?patient.gender=male&_count=50").stream()
                        .flatMap(page -> page.matches().stream())
                        .toList());
    }

    @Test
    void newestComesFirst() {
        var bodies = archive.bodies("Observation");
        var query = "Observation?_sort=-date&_count=500&patient.identifier=" + Person.CORY.token();

        var times = exchange.as(RIVERSIDE_CLINIC).search(query).matches().stream()
                .map(address -> at(bodies.getOrDefault(address, Caller.JSON.nullNode())
                        .path("effectiveDateTime")
                        .asText()))
                .toList();

        assertThat(times).hasSizeGreaterThan(10).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    private static String text(JsonNode body, String element) {
        return body.path(element).asText();
    }

    /** The codes below an element, which may repeat. */
    private static Collection<String> codes(JsonNode body, String element) {
        return body.path(element).findValuesAsText("code").stream().collect(Collectors.toSet());
    }

    private static boolean since(JsonNode body, String element, String year) {
        return !at(body.path(element).asText()).isBefore(Instant.parse(year + "-01-01T00:00:00Z"));
    }

    private static Instant at(String told) {
        return OffsetDateTime.parse(told).toInstant();
    }
}
