package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.accordhie.exchange.StoredJson.allTexts;
import static org.accordhie.exchange.StoredJson.at;
import static org.accordhie.exchange.StoredJson.begins;
import static org.accordhie.exchange.StoredJson.between;
import static org.accordhie.exchange.StoredJson.codeTexts;
import static org.accordhie.exchange.StoredJson.codes;
import static org.accordhie.exchange.StoredJson.contains;
import static org.accordhie.exchange.StoredJson.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A clinic's searches by words, numbers, dates and codes that stand in Synthea's records: what fits is found by going through
 * the stored JSON, and each criterion leaves something out.
 */
@ExchangeTest
class ClinicCriteriaIT {

    private static final Set<Person> PEOPLE = Set.of(Person.CORY, Person.EVERETTE, Person.LEOPOLDO);
    private static final List<Partner> CLINICIANS = List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL);

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    /**
     * A criterion with a value that stands in one record.
     *
     * @param type of resource
     * @param criterion with {@code %s} where the value belongs, encoded
     * @param from where the value is taken from, as a JSON pointer into what a clinic may see of Cory; empty for none
     * @param asked the value as it is asked for, made of that
     * @param fits whether the value fits a stored resource
     */
    record Row(
            String type,
            String criterion,
            String from,
            UnaryOperator<String> asked,
            BiPredicate<JsonNode, String> fits) {

        @Override
        public String toString() {
            return type + "?" + criterion;
        }
    }

    private static Row row(String type, String criterion, String from, BiPredicate<JsonNode, String> fits) {
        return new Row(type, criterion, from, UnaryOperator.identity(), fits);
    }

    private static Row row(String type, String criterion, BiPredicate<JsonNode, String> fits) {
        return row(type, criterion, "", fits);
    }

    static Stream<Row> names() {
        UnaryOperator<String> start = value -> value.substring(0, 4).toUpperCase(Locale.ROOT);
        UnaryOperator<String> middle = value -> value.substring(1, 5).toUpperCase(Locale.ROOT);
        return Stream.of(
                new Row(
                        "Patient",
                        "family=%s",
                        "/name/0/family",
                        start,
                        (body, value) -> any(texts(body, "/name", "family"), text -> begins(text, value))),
                row(
                        "Patient",
                        "family:exact=%s",
                        "/name/0/family",
                        (body, value) -> texts(body, "/name", "family").contains(value)),
                new Row(
                        "Patient",
                        "family:contains=%s",
                        "/name/0/family",
                        middle,
                        (body, value) -> any(texts(body, "/name", "family"), text -> contains(text, value))),
                new Row(
                        "Patient",
                        "given=%s",
                        "/name/0/given/0",
                        start,
                        (body, value) -> any(texts(body, "/name", "given"), text -> begins(text, value))),
                row(
                        "Patient",
                        "given:exact=%s",
                        "/name/0/given/0",
                        (body, value) -> texts(body, "/name", "given").contains(value)),
                new Row(
                        "Patient",
                        "name=%s",
                        "/name/0/family",
                        start,
                        (body, value) -> any(allTexts(body.path("name")), text -> begins(text, value))),
                new Row(
                        "Patient",
                        "name:contains=%s",
                        "/name/0/given/0",
                        middle,
                        (body, value) -> any(allTexts(body.path("name")), text -> contains(text, value))),
                row(
                        "Patient",
                        "name:exact=%s",
                        "/name/0/given/0",
                        (body, value) -> allTexts(body.path("name")).contains(value)),
                row(
                        "Patient",
                        "telecom=%s",
                        "/telecom/0/value",
                        (body, value) -> texts(body, "/telecom", "value").contains(value)),
                row(
                        "Patient",
                        "phone=%s",
                        "/telecom/0/value",
                        (body, value) -> texts(body, "/telecom", "value").contains(value)),
                new Row(
                        "Patient",
                        "address-city=%s",
                        "/address/0/city",
                        start,
                        (body, value) -> any(texts(body, "/address", "city"), text -> begins(text, value))),
                row(
                        "Patient",
                        "address-postalcode=%s",
                        "/address/0/postalCode",
                        (body, value) -> any(texts(body, "/address", "postalCode"), text -> begins(text, value))));
    }

    static Stream<Row> codesAndDates() {
        UnaryOperator<String> word = value -> value.split("[ (]", 2)[0].toLowerCase(Locale.ROOT);
        UnaryOperator<String> day = value -> value.substring(0, 10);
        return Stream.of(
                row(
                        "Observation",
                        "code:not=%s",
                        "/code/coding/0/code",
                        (body, value) -> !codes(body, "code").contains(value)),
                row(
                        "Encounter",
                        "class:not=AMB",
                        (body, value) -> !body.at("/class/code").asText().equals("AMB")),
                row(
                        "Observation",
                        "category=laboratory&code=%s",
                        "/code/coding/0/code",
                        (body, value) -> codes(body, "category").contains("laboratory")
                                && codes(body, "code").contains(value)),
                row(
                        "Observation",
                        "code=http://loinc.org%%7C&code=%s",
                        "/code/coding/0/code",
                        (body, value) -> codes(body, "code").contains(value)),
                new Row(
                        "Condition",
                        "code:text=%s",
                        "/code/coding/0/display",
                        word,
                        (body, value) -> any(codeTexts(body), text -> begins(text, value))),
                new Row(
                        "Observation",
                        "date=%s",
                        "/effectiveDateTime",
                        day,
                        (body, value) -> body.path("effectiveDateTime").asText().startsWith(value)),
                row(
                        "Observation",
                        "date=sa2017-06-30",
                        (body, value) ->
                                at(body, "effectiveDateTime").isAfter(Instant.parse("2017-06-30T23:59:59.999Z"))),
                row(
                        "Observation",
                        "date=eb2017-06-30",
                        (body, value) -> at(body, "effectiveDateTime").isBefore(Instant.parse("2017-06-30T00:00:00Z"))),
                row(
                        "Observation",
                        "date=ge2015-01-01&date=lt2018-01-01",
                        (body, value) -> between(at(body, "effectiveDateTime"), "2015", "2018")),
                row(
                        "Condition",
                        "onset-date=ge2010-01-01&onset-date=lt2017-01-01",
                        (body, value) -> between(at(body, "onsetDateTime"), "2010", "2017")),
                row(
                        "Procedure",
                        "date=sa2017-01-01",
                        (body, value) -> (body.has("performedPeriod")
                                        ? at(body.path("performedPeriod"), "start")
                                        : at(body, "performedDateTime"))
                                .isAfter(Instant.parse("2017-01-01T23:59:59.999Z"))));
    }

    @ParameterizedTest
    @MethodSource({"names", "codesAndDates"})
    void areAnsweredWithWhatFits(Row row) {
        var bodies = archive.bodies(row.type());
        var value = valueOf(row, bodies);
        var criterion = row.criterion().formatted(encoded(value));
        var found = new HashSet<String>();
        var others = new HashSet<String>();
        for (var person : PEOPLE) {
            for (var partner : CLINICIANS) {
                var all = archive.released(
                        person, partner, stored -> stored.type().equals(row.type()));
                var fitting = new TreeSet<String>();
                for (var address : all) {
                    var fits = row.fits().test(bodies.getOrDefault(address, Caller.JSON.nullNode()), value);
                    (fits ? fitting : others).add(address);
                }
                var query = row.type() + "?" + criterion + "&" + whose(row, person) + "&_count=500&_total=accurate";

                var answer = exchange.as(partner).search(query);

                assertThat(new TreeSet<>(answer.matches()))
                        .as("%s: %s", partner, query)
                        .isEqualTo(fitting);
                assertThat(answer.total()).as("%s: %s", partner, query).isEqualTo(fitting.size());
                found.addAll(fitting);
            }
        }
        assertThat(found).as("%s finds something", criterion).isNotEmpty();
        assertThat(others).as("%s leaves something out", criterion).isNotEmpty();
    }

    /** Of something that the clinic may see, so that it can be found at all. */
    private String valueOf(Row row, Map<String, JsonNode> bodies) {
        return row.from().isEmpty()
                ? ""
                : archive
                        .released(
                                Person.CORY,
                                RIVERSIDE_CLINIC,
                                stored -> stored.type().equals(row.type()))
                        .stream()
                        .map(address -> bodies.getOrDefault(address, Caller.JSON.nullNode())
                                .at(row.from())
                                .asText())
                        .filter(text -> !text.isEmpty())
                        .map(row.asked())
                        .findFirst()
                        .orElseThrow();
    }

    private static String whose(Row row, Person person) {
        return (row.type().equals("Patient") ? "identifier=" : "patient.identifier=") + person.token();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean any(Collection<String> texts, Predicate<String> which) {
        return texts.stream().anyMatch(which);
    }
}
