package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What may not be seen does not hold back who deletes what it refers to; what may be seen does. */
@ExchangeTest
class DeletionIT {

    @Autowired
    Exchange exchange;

    private Visit visit = Visit.of("dana");
    private String dana = "";

    @BeforeEach
    void danaVisitsLakeside() {
        visit = Visit.of("dana");
        hospital().post("", visit.bundle()).then().statusCode(200);
        dana = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @Test
    void aVisibleReferrerIsAConflict() {
        var answer = hospital().delete(dana);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("conflicts").doesNotContain(dana);
        assertThat(deletion(List.of(dana)).statusCode()).isEqualTo(409);
        hospital().get(dana).then().statusCode(200);
    }

    @Test
    void aHiddenReferrerIsNone() {
        var other = Visit.of("ella");
        hospital().post("", other.bundle()).then().statusCode(200);
        var ella = hospital()
                .search("Patient?identifier=" + other.token())
                .matches()
                .get(0);
        // Consents are the officers' to see.
        var consent = officer().post("Consent", Consents.share(dana)).then().statusCode(201);
        deleteAllThatRefersTo(dana);
        deleteAllThatRefersTo(ella);

        var withReferrer = hospital().delete(dana);
        var without = hospital().delete(ella);

        assertThat(withReferrer.statusCode()).isEqualTo(204);
        assertThat(told(withReferrer, dana)).isEqualTo(told(without, ella));
        hospital().get(dana).then().statusCode(404);
        var location = consent.extract().header("Location");
        officer()
                .get(location.replaceFirst(".*/(Consent/[^/]+).*", "$1"))
                .then()
                .statusCode(200);
        var found = officer().search("Consent?_include=Consent:patient&patient=" + dana);
        assertThat(found.included()).isEmpty();
        assertThat(hospital().search("Condition?_include=*&subject=" + dana).total())
                .isZero();
    }

    @Test
    void aHiddenReferrerIsNoneInABundleEither() {
        officer().post("Consent", Consents.share(dana)).then().statusCode(201);
        var record = referrers(dana);
        record.add(dana);

        var answer = deletion(record);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        hospital().get(dana).then().statusCode(404);
        assertThat(hospital().search("Condition?subject=" + dana).total()).isZero();
    }

    @Test
    void whatIsDeletedBesideAWriteThatRefersToItIsAConflict() {
        var condition = hospital().search("Condition?subject=" + dana).matches().get(0);
        var others = referrers(dana);
        others.remove(condition);
        others.add(dana);
        var entries = deletions(others) + ",{\"resource\":{\"resourceType\":\"Condition\",\"id\":\""
                + condition.substring("Condition/".length()) + "\",\"subject\":{\"reference\":\"" + dana
                + "\"}},\"request\":{\"method\":\"PUT\",\"url\":\"" + condition + "\"}}";

        assertThat(hospital().post("", Visit.bundleOf(entries)).statusCode()).isEqualTo(409);

        hospital().get(dana).then().statusCode(200);
    }

    @Test
    void whatWasDeletedUnderAHiddenReferrerCanBePushedAnew() {
        officer()
                .post("Consent", Consents.refuse(dana, Partner.RIVERSIDE_CLINIC))
                .then()
                .statusCode(201);
        deleteAllThatRefersTo(dana);
        hospital().delete(dana).then().statusCode(204);

        hospital().post("", visit.exportedAgain().bundle()).then().statusCode(200);

        var anew = hospital().search("Patient?identifier=" + visit.token()).matches();
        assertThat(anew).hasSize(1).doesNotContain(dana);
    }

    private void deleteAllThatRefersTo(String patient) {
        referrers(patient).forEach(each -> hospital().delete(each).then().statusCode(204));
    }

    /** Those that refer to the encounter come first. */
    private List<String> referrers(String patient) {
        var all = new ArrayList<String>();
        for (var type : List.of("Condition", "Observation", "Encounter")) {
            all.addAll(hospital().search(type + "?subject=" + patient).matches());
        }
        return all;
    }

    private Response deletion(List<String> addresses) {
        return hospital().post("", Visit.bundleOf(deletions(addresses)));
    }

    private static String deletions(List<String> addresses) {
        return String.join(
                ",",
                addresses.stream()
                        .map("{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}"::formatted)
                        .toList());
    }

    private static String told(Response answer, String address) {
        return answer.statusCode() + answer.asString().replace(address.split("/", 2)[1], "[id]");
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }
}
