package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The order of what a clinic finds is the one it asks for, and the same over pages. */
@ExchangeTest
class ClinicOrderIT {

    @Autowired
    Exchange exchange;

    /** Each by what the answer itself says; equal rows may be in any order, but in one. */
    @ParameterizedTest
    @CsvSource({
        "Observation, date",
        "Observation, -date",
        "Condition, 'clinical-status,-onset-date'",
        "Condition, 'clinical-status,onset-date'",
        "Encounter, '-date,status'"
    })
    void theOrderIsTheOneAskedForAndTheSameOverPages(String type, String sort) {
        var query = type + "?_sort=" + sort + "&patient.identifier=" + Person.CORY.token();
        var order = Stream.of(sort.split(",", -1))
                .map(ClinicOrderIT::by)
                .reduce(Comparator::thenComparing)
                .orElseThrow();

        var whole = Caller.json(exchange.as(RIVERSIDE_CLINIC).get(query + "&_count=500"));

        var resources = entries(whole).toList();
        assertThat(resources).hasSizeGreaterThan(5).isSortedAccordingTo(order);
        assertThat(resources).as("not all alike").anyMatch(each -> order.compare(each, resources.get(0)) != 0);
        assertThat(exchange.as(RIVERSIDE_CLINIC).pages(query + "&_count=7").stream()
                        .flatMap(page -> page.matches().stream()))
                .containsExactlyElementsOf(
                        resources.stream().map(Export::addressOf).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "family, 'Alba,Brandt,Cruz'",
        "-family, 'Cruz,Brandt,Alba'",
        "name, 'Alba,Brandt,Cruz'",
        "_lastUpdated, 'Brandt,Cruz,Alba'",
        "-_lastUpdated, 'Alba,Cruz,Brandt'"
    })
    void peopleAreSortedByNameAndByWhenTheyCame(String sort, String families) {
        var person = "ordered-" + UUID.randomUUID();
        var token = Visit.PEOPLE + "%7C" + person;
        for (var family : List.of("Brandt", "Cruz", "Alba")) {
            exchange.as(LAKESIDE_HOSPITAL)
                    .post("", Visit.bundleOf(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Patient", """
                    {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s-%s"}],"name":[{"family":"%s"}]}""".formatted(
                                    Visit.PEOPLE, person, family, family))))
                    .then()
                    .statusCode(200);
        }
        var tokens = Stream.of("Alba", "Brandt", "Cruz")
                .map(family -> token + "-" + family)
                .collect(Collectors.joining(","));

        var found = Caller.json(exchange.as(RIVERSIDE_CLINIC).get("Patient?_sort=" + sort + "&identifier=" + tokens));

        assertThat(entries(found).map(body -> body.at("/name/0/family").asText()))
                .containsExactly(families.split(",", -1));
    }

    private static Comparator<JsonNode> by(String key) {
        Function<JsonNode, String> value = body -> switch (key.replaceFirst("^-", "")) {
            case "date" -> moment(body, body.has("period") ? "/period/start" : "/effectiveDateTime");
            case "onset-date" -> moment(body, "/onsetDateTime");
            case "clinical-status" -> body.at("/clinicalStatus/coding/0/code").asText();
            case "status" -> body.path("status").asText();
            default -> moment(body, "/meta/lastUpdated");
        };
        var order = Comparator.comparing(value);
        return key.startsWith("-") ? order.reversed() : order;
    }

    private static String moment(JsonNode body, String pointer) {
        return OffsetDateTime.parse(body.at(pointer).asText()).toInstant().toString();
    }

    private static Stream<JsonNode> entries(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false).map(entry -> entry.path("resource"));
    }
}
