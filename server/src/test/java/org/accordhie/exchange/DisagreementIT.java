package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Where the view would let something through that the decision hides, nothing leaves, and somebody hears of it. */
@ExchangeTest(slips = 5)
class DisagreementIT {

    private static final String OPIOID_ABUSE = "5602001";

    private static final String CLASS_OF =
            "SELECT class_id FROM accord.release WHERE res_type = ? AND fhir_id = ? AND is_current";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    MeterRegistry meters;

    private String patient = "";
    private String hidden = "";
    private int right;

    /** A hidden diagnosis is classed as if it were open. */
    @BeforeEach
    void theViewIsWrong() {
        var visit = Visit.of("disagreement").diagnosedWith(OPIOID_ABUSE, "Opioid abuse");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        patient = one("Patient?identifier=" + visit.token());
        hidden = one("Condition?subject=" + patient);
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(hidden).statusCode()).isEqualTo(404);
        right = classOf(hidden);
        classify(hidden, classOf(patient));
    }

    @AfterEach
    void theViewIsRightAgain() {
        classify(hidden, right);
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(hidden).statusCode()).isEqualTo(404);
    }

    private String one(String search) {
        return exchange.as(LAKESIDE_HOSPITAL).search(search).matches().get(0);
    }

    private int classOf(String address) {
        var parts = address.split("/", -1);
        return archive.sql()
                .sql(CLASS_OF)
                .params(parts[0], parts[1])
                .query(Integer.class)
                .single();
    }

    private void classify(String address, int number) {
        var parts = address.split("/", -1);
        archive.sql()
                .sql("UPDATE accord.release SET class_id = ? WHERE res_type = ? AND fhir_id = ?")
                .params(number, parts[0], parts[1])
                .update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[hidden]",
                "[hidden]/_history/1",
                "[hidden]/_history",
                "Condition?subject=[patient]",
                "[patient]/$everything"
            })
    void nothingLeaves(String way) {
        var before = disagreements();

        var answer = exchange.as(RIVERSIDE_CLINIC)
                .get(way.replace("[hidden]", hidden).replace("[patient]", patient));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.asString()).doesNotContainIgnoringCase("opioid").doesNotContain("Condition", OPIOID_ABUSE);
        assertThat(disagreements()).isEqualTo(before + 1);
    }

    private double disagreements() {
        return meters.get("accord.release.disagreements").counter().count();
    }
}
