package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a search finds by several of its values is found once, and on one page. */
@ExchangeTest
class MatchedTwiceIT {

    private static final int PEOPLE = 7;

    @Autowired
    Exchange exchange;

    /** People with three names that all begin alike, and codes of which both are asked for. */
    private List<String> push(String family) {
        var entries = new ArrayList<String>();
        for (int person = 0; person < PEOPLE; person++) {
            var patient = "urn:uuid:" + UUID.randomUUID();
            entries.add(Visit.entry(
                    patient, "Patient", """
                            {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s-%d"}],
                             "name":[{"family":"%s","given":["%sa","%sb"]},{"family":"%sc"}]}""".formatted(Visit.PEOPLE, family, person, family, family, family, family)));
            entries.add(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Condition", """
                            {"resourceType":"Condition","identifier":[{"system":"urn:lakeside:c","value":"%s-%d"}],
                             "subject":{"reference":"%s"},"code":{"coding":[{"system":"urn:%s","code":"a"},
                             {"system":"urn:%s","code":"b"}]}}""".formatted(
                            family, person, patient, family, family)));
        }
        exchange.as(LAKESIDE_HOSPITAL)
                .post("", Visit.bundleOf(String.join(",", entries)))
                .then()
                .statusCode(200);
        return exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?family:exact=" + family + "&_count=100")
                .matches();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?name=@",
                "Patient?name=@&_sort=family",
                "Condition?code=urn:@%7Ca,urn:@%7Cb",
                "Condition?code=urn:@%7Ca,urn:@%7Cb&_sort=-_lastUpdated",
                "Condition?subject:Patient.name=@",
                "Patient?_has:Condition:subject:code=urn:@%7Ca,urn:@%7Cb"
            })
    void isFoundOnce(String search) {
        var family = "t" + UUID.randomUUID().toString().replace("-", "");
        assertThat(push(family)).hasSize(PEOPLE);

        for (var count : List.of(1, 2, 3, PEOPLE, 50)) {
            var pages = exchange.as(RIVERSIDE_CLINIC).pages(search.replace("@", family) + "&_count=" + count);

            assertThat(pages).as("pages of %d", count).hasSize((PEOPLE + count - 1) / count);
            assertThat(pages).allSatisfy(page -> assertThat(page.total()).isEqualTo(PEOPLE));
            assertThat(pages.stream().flatMap(page -> page.matches().stream()))
                    .as("pages of %d", count)
                    .hasSize(PEOPLE)
                    .doesNotHaveDuplicates();
        }
    }
}
