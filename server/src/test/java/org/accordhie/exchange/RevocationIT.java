package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A consent that changed is felt by the very next request. */
@ExchangeTest
class RevocationIT {

    @Autowired
    Exchange exchange;

    private Visit visit = Visit.of("alice");
    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(PRIVACY_OFFICER)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @Test
    void isFeltTwentyTimesInARow() {
        var officer = exchange.as(PRIVACY_OFFICER);
        var consent = create(Consents.share(alice));
        for (int round = 0; round < 20; round++) {
            var refuses = round % 2 == 0;
            var wish = refuses ? Consents.refuse(alice, RIVERSIDE_CLINIC) : Consents.share(alice);

            officer.put("Consent/" + consent, Consents.withId(wish, consent))
                    .then()
                    .statusCode(200);

            assertClinicSees(!refuses);
        }
    }

    @RepeatedTest(3)
    void endsWithTheDeletionOfARefusal() {
        assertClinicSees(true);
        var consent = create(Consents.refuse(alice));
        assertClinicSees(false);

        exchange.as(PRIVACY_OFFICER).delete("Consent/" + consent).then().statusCode(204);

        assertClinicSees(true);
    }

    @RepeatedTest(3)
    void endsWithTheInactivationOfARefusal() {
        var refusal = Consents.refuse(alice);
        var consent = create(refusal);
        assertClinicSees(false);

        exchange.as(PRIVACY_OFFICER)
                .put("Consent/" + consent, Consents.withId(Consents.inactive(refusal), consent))
                .then()
                .statusCode(200);

        assertClinicSees(true);
    }

    @Test
    void reachesWhatIsPushedLater() {
        create(Consents.refuse(alice));

        exchange.as(LAKESIDE_HOSPITAL)
                .post(
                        "",
                        visit.diagnosedWith("73211009", "Diabetes mellitus")
                                .exportedAgain()
                                .bundle())
                .then()
                .statusCode(200);

        assertClinicSees(false);
    }

    @Test
    void reachesEarlierVersions() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        clinic.get(alice + "/_history/1").then().statusCode(200);

        create(Consents.refuse(alice));

        clinic.get(alice + "/_history/1").then().statusCode(404);
        clinic.get(alice + "/_history").then().statusCode(404);
    }

    private String create(String consent) {
        var answer = exchange.as(PRIVACY_OFFICER).post("Consent", consent);
        answer.then().statusCode(201);
        return answer.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }

    private void assertClinicSees(boolean alicesRecord) {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        assertThat(clinic.get(alice).statusCode()).isEqualTo(alicesRecord ? 200 : 404);
        assertThat(clinic.search("Condition?subject=" + alice).total()).isEqualTo(alicesRecord ? 1 : 0);
        assertThat(clinic.search("Patient?_summary=count&identifier=" + visit.token())
                        .total())
                .isEqualTo(alicesRecord ? 1 : 0);
        assertThat(clinic.get(alice + "/$everything").statusCode()).isEqualTo(alicesRecord ? 200 : 404);
    }
}
