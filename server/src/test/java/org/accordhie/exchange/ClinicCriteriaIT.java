package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.accordhie.exchange.StoredJson.allTexts;
import static org.accordhie.exchange.StoredJson.begins;
import static org.accordhie.exchange.StoredJson.codeTexts;
import static org.accordhie.exchange.StoredJson.codes;
import static org.accordhie.exchange.StoredJson.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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
                new Row(
                        "Observation",
                        "date=sa%s",
                        "/effectiveDateTime",
                        day,
                        (body, value) -> dayOf(body, "/effectiveDateTime").compareTo(value) > 0),
                new Row(
                        "Observation",
                        "date=eb%s",
                        "/effectiveDateTime",
                        day,
                        (body, value) -> dayOf(body, "/effectiveDateTime").compareTo(value) < 0),
                new Row(
                        "Observation",
                        "date=ge%s&date=lt%s",
                        "/effectiveDateTime",
                        day,
                        (body, value) -> within(dayOf(body, "/effectiveDateTime"), value)),
                new Row(
                        "Condition",
                        "onset-date=ge%s&onset-date=lt%s",
                        "/onsetDateTime",
                        day,
                        (body, value) -> within(dayOf(body, "/onsetDateTime"), value)),
                new Row(
                        "Procedure",
                        "date=sa%s",
                        "/performedPeriod/start",
                        day,
                        (body, value) -> dayOf(body, "/performedPeriod/start").compareTo(value) > 0));
    }

    @ParameterizedTest
    @MethodSource({"names", "codesAndDates"})
    void areAnsweredWithWhatFits(Row row) {
        var bodies = archive.bodies(row.type());
        var value = valueOf(row, bodies);
        var criterion = row.criterion().formatted(encoded(value), later(value));
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

    /** Of something that the clinic may see and that can fit: neither the first nor the last of what there is. */
    private String valueOf(Row row, Map<String, JsonNode> bodies) {
        if (row.from().isEmpty()) {
            return "";
        }
        var values =
                archive
                        .released(
                                Person.CORY,
                                RIVERSIDE_CLINIC,
                                stored -> stored.type().equals(row.type()))
                        .stream()
                        .map(address -> bodies.getOrDefault(address, Caller.JSON.nullNode()))
                        .map(body -> Map.entry(body, body.at(row.from()).asText()))
                        .filter(each -> !each.getValue().isEmpty())
                        .map(each -> Map.entry(each.getKey(), row.asked().apply(each.getValue())))
                        // What is sought after, before or without a value is not the one it is taken from.
                        .filter(each -> row.criterion().matches(".*(=sa|=eb|:not=)%s")
                                || row.fits().test(each.getKey(), each.getValue()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
        assertThat(values).as("values at %s", row.from()).isNotEmpty();
        return values.get(values.size() / 2);
    }

    private static String dayOf(JsonNode body, String pointer) {
        return body.at(pointer).asText().substring(0, 10);
    }

    /** Whether a day is among the thirty that begin with one. */
    private static boolean within(String day, String first) {
        return day.compareTo(first) >= 0 && day.compareTo(later(first)) < 0;
    }

    private static String later(String day) {
        return day.matches("\\d{4}-\\d\\d-\\d\\d")
                ? LocalDate.parse(day).plusDays(30).toString()
                : "";
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
