package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What nobody puts in order stands in that of ids, which are chance. In that of storage, what is new to its reader but was there
 * before, hidden, would stand before what is older. Source: FHIR R4, Search, which leaves the order to the server.
 */
@ExchangeTest
class OrderIT {

    private static final int MANY = 12;

    @Autowired
    Exchange exchange;

    private String alice = "";

    @BeforeEach
    void aliceIsMeasuredManyTimes() {
        var visit = Visit.of("alice");
        var measured = IntStream.range(0, MANY)
                .mapToObj(number -> Visit.entry(
                        visit.name("o" + number), "Observation", """
                        {"resourceType":"Observation","status":"final","code":{"text":"weight %d"},
                         "subject":{"reference":"%s"}}""".formatted(number, visit.name("patient"))))
                .reduce(visit.entries(), (all, entry) -> all + "," + entry);
        exchange.as(LAKESIDE_HOSPITAL).post("", Visit.bundleOf(measured)).then().statusCode(200);
        alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&_count=5",
                "&_sort=status",
                "&_sort=-status&_count=3",
                "&status=final,amended",
                "&_summary=true",
                "&_sort=-_lastUpdated&_count=5"
            })
    void ofASearchIsThatOfIds(String query) {
        var found = all(clinic().pages("Observation?patient=" + alice + query));

        assertThat(found).hasSizeGreaterThanOrEqualTo(MANY).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ofASearchInABatchIsThatOfIds() {
        var answer = clinic().bundle("batch", List.of("Observation?patient=" + alice));

        assertThat(Found.in(answer.at("/entry/0/resource")).matches())
                .hasSizeGreaterThanOrEqualTo(MANY)
                .isSorted();
    }

    @Test
    void ofWhatComesAlongIsThatOfIds() {
        var beside = addresses(clinic().get("Patient?_id=" + id() + "&_revinclude=Observation:subject")
                        .asString())
                .filter(address -> address.startsWith("Observation/"))
                .toList();

        assertThat(beside).hasSizeGreaterThanOrEqualTo(MANY).isSorted();
    }

    @Test
    void ofAWholeRecordIsThatOfIdsBehindThePatient() {
        var everything = all(clinic().pages(alice + "/$everything?_count=4"));

        assertThat(everything.get(0)).isEqualTo(alice);
        assertThat(everything.stream().filter(each -> each.startsWith("Observation/")))
                .hasSizeGreaterThanOrEqualTo(MANY)
                .isSorted();
    }

    @Test
    void ofAHistoryIsThatOfIdsWhereTimesAreTheSame() {
        var stored = addresses(clinic().get(alice + "/Observation?_count=50").asString())
                .toList();
        var told = addresses(clinic().get("Observation/_history?_count=500").asString())
                .filter(stored::contains)
                .toList();

        assertThat(told).hasSizeGreaterThanOrEqualTo(MANY).isSorted();
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }

    private String id() {
        return alice.substring("Patient/".length());
    }

    private static List<String> all(List<Found> pages) {
        return pages.stream().flatMap(page -> page.matches().stream()).toList();
    }

    private static Stream<String> addresses(String bundle) {
        var entries = Caller.tree(bundle).path("entry");
        return IntStream.range(0, entries.size())
                .mapToObj(entry -> entries.path(entry).path("fullUrl").asText())
                .map(url -> url.replaceFirst("^.*/fhir/", ""));
    }
}
