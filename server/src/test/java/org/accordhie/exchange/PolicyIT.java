package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A privacy officer changes the rules of the house over FHIR, and the very next request feels it. */
@ExchangeTest
class PolicyIT {

    private static final String DEPRESSION = "370143000";
    private static final String COUNT_UP = "UPDATE accord.epoch SET number = number + 1 WHERE name = 'policy'";

    @Autowired
    Exchange exchange;

    @Autowired
    @Qualifier("wholePool")
    HikariDataSource database;

    @Autowired
    @Qualifier("policySeeding")
    SmartInitializingSingleton seeding;

    private final List<String> written = new ArrayList<>();
    private Visit visit = Visit.of("alice");
    private String alice = "";
    private String pressure = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = officer()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        pressure = clinic().search("Observation?subject=" + alice).matches().get(0);
    }

    @AfterEach
    void takeTheRulesBack() {
        written.forEach(rule -> officer().delete(rule));
    }

    @Test
    void theShippedRulesAreConsentsThatOnlyOfficersSee() {
        var rules = officer().search(Policies.ALL).matches();

        assertThat(rules)
                .containsExactlyInAnyOrder(
                        "Consent/policy-us-hipaa-tpo",
                        "Consent/policy-us-part2",
                        "Consent/policy-us-psychotherapy-notes");
        clinic().get("Consent/policy-us-part2").then().statusCode(404);
        assertThat(clinic().search(Policies.ALL).total()).isZero();
    }

    @Test
    void aForbiddenTypeIsAbsentFromTheNextRequest() {
        var rule = write(Policies.never(Policies.type("Observation")));

        clinic().get(pressure).then().statusCode(404);
        assertThat(clinic().search("Observation?subject=" + alice).total()).isZero();
        assertThat(clinic().search("Condition?subject=" + alice).total()).isOne();
        assertThat(clinic().pages(alice + "/$everything").get(0).matches()).doesNotContain(pressure);
        exchange.as(LAKESIDE_HOSPITAL).get(pressure).then().statusCode(200);

        officer().delete(rule).then().statusCode(204);

        clinic().get(pressure).then().statusCode(200);
        assertThat(clinic().search("Observation?subject=" + alice).total()).isOne();
    }

    @Test
    void aRuleAboutACareTeamIsObeyedThoughNoConsentNamesTheTeam() {
        var team = exchange.as(LAKESIDE_HOSPITAL).post("CareTeam", """
                {"resourceType":"CareTeam","status":"active","subject":{"reference":"%s"},
                 "participant":[{"member":{"reference":"%s"}}]}""".formatted(alice, RIVERSIDE_CLINIC.organization));
        team.then().statusCode(201);
        clinic().get(pressure).then().statusCode(200);

        write(Policies.never("""
                {"type":"deny","actor":[{"role":{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
                 "reference":{"reference":"%s"}}]}""".formatted(team.header("Location").replaceFirst(".*/(CareTeam/[^/]+).*", "$1"))));

        clinic().get(pressure).then().statusCode(404);
        assertThat(clinic().search("Observation?subject=" + alice).total()).isZero();
    }

    @Test
    void aForbiddenSensitivityStaysForbiddenWhateverThePatientSays() {
        exchange.as(LAKESIDE_HOSPITAL)
                .post("", visit.diagnosedWith(DEPRESSION, "Depression").bundle())
                .then()
                .statusCode(200);
        assertThat(conditions(DEPRESSION)).isOne();
        write(Policies.never(Policies.sensitivity("PSY")));

        assertThat(conditions(DEPRESSION)).isZero();
        write(Consents.consent(alice, "active", """
                {"type":"permit","securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]}"""));
        assertThat(conditions(DEPRESSION)).isZero();
    }

    @Test
    void everyNodeFeelsAChangeAtOnce() throws Exception {
        var settings = FreshExchange.settings();
        settings.put("accord.database.url", database.getJdbcUrl());
        settings.put("accord.database.user", database.getUsername());
        settings.put("accord.database.password", database.getPassword());
        settings.put("accord.policies.packs", "us-opt-in");
        var second = SecondServer.start(settings);
        try {
            // The database has its rules: the second node's packs do not replace them.
            second.as(RIVERSIDE_CLINIC).get(pressure).then().statusCode(200);
            for (int round = 0; round < 5; round++) {
                var rule = write(Policies.never(Policies.type("Observation")));
                second.as(RIVERSIDE_CLINIC).get(pressure).then().statusCode(404);
                clinic().get(pressure).then().statusCode(404);

                second.as(PRIVACY_OFFICER).delete(rule).then().statusCode(204);
                clinic().get(pressure).then().statusCode(200);
                second.as(RIVERSIDE_CLINIC).get(pressure).then().statusCode(200);
            }
            everyNodeFeelsARevocationAtOnce(second);
        } finally {
            second.stop();
        }
    }

    /** Acknowledged by one node, a revocation is obeyed by the next request to the other. */
    private void everyNodeFeelsARevocationAtOnce(SecondServer second) {
        var consent = write(Consents.share(alice));
        var id = consent.substring("Consent/".length());
        for (int round = 0; round < 10; round++) {
            var writes = round % 2 == 0 ? officer() : second.as(PRIVACY_OFFICER);
            var reads = round % 2 == 0 ? second.as(RIVERSIDE_CLINIC) : clinic();

            writes.put(consent, Consents.withId(Consents.refuse(alice), id))
                    .then()
                    .statusCode(200);
            reads.get(pressure).then().statusCode(404);
            assertThat(reads.search("Observation?subject=" + alice).total()).isZero();

            writes.put(consent, Consents.withId(Consents.share(alice), id))
                    .then()
                    .statusCode(200);
            reads.get(pressure).then().statusCode(200);
        }
    }

    @Test
    void aClassThatNeedsConsentIsOpenedByNamingIt() {
        write(Policies.requiresConsent("urn:example:law", Policies.type("Observation")));
        clinic().get(pressure).then().statusCode(404);

        write(Consents.share(alice));
        clinic().get(pressure).then().statusCode(404);

        write(Consents.consent(alice, "active", """
                {"type":"permit","provision":[{"type":"permit","class":[
                 {"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]}]}"""));
        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void aClassThatNeedsConsentIsOpenedByAConsentUnderThatLaw() {
        write(Policies.requiresConsent("urn:example:law", Policies.type("Observation")));
        clinic().get(pressure).then().statusCode(404);

        write(Consents.share(alice)
                .replace("\"policyRule\"", "\"policy\":[{\"uri\":\"urn:example:law\"}],\"policyRule\""));

        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void aRuleOfNextYearDoesNotHoldYet() {
        write(Policies.never(
                Policies.type("Observation").replace("{\"type\"", "{\"period\":{\"start\":\"2999\"},\"type\"")));

        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void aRuleThatIsInactivatedNoLongerHoldsAndItsVersionsStay() {
        var rule = write(Policies.never(Policies.type("Observation")));
        var inactive = Consents.inactive(Policies.never(Policies.type("Observation")));

        officer()
                .put(rule, Consents.withId(inactive, rule.substring("Consent/".length())))
                .then()
                .statusCode(200);

        clinic().get(pressure).then().statusCode(200);
        assertThat(officer().search(rule + "/_history").total()).isEqualTo(2);
    }

    @Test
    void criteriaThatPoliciesMayNotUseAreRefusedWithThePlace() {
        officer()
                .post("Consent", Policies.never("""
                        {"type":"deny","provision":[{"type":"permit","code":[{"coding":[
                         {"system":"http://loinc.org","code":"8480-6"}]}]}]}"""))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Consent.provision.provision[0]"))
                .body("issue[0].diagnostics", containsString("resource type and security label only"));
        officer()
                .post("Consent", Policies.never(Policies.type("Location")))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Consent.provision.class"));
        officer()
                .post("Consent", Policies.rule("SOMETIMES", "urn:example:law", "{\"type\":\"deny\"}"))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Consent.category"));
        officer()
                .post("", Visit.bundleOf(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Consent", """
                        {"resourceType":"Consent","status":"active","provision":{"type":"deny"},
                         "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                         "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}]}""")))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Consent.patient"));
        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void onlyPrivacyOfficersWriteRules() {
        var rule = Policies.never(Policies.type("Observation"));

        exchange.as(LAKESIDE_HOSPITAL).post("Consent", rule).then().statusCode(403);
        clinic().post("Consent", rule).then().statusCode(403);
        exchange.as(LAKESIDE_HOSPITAL).delete("Consent/policy-us-part2").then().statusCode(403);
        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void theLastDefaultCannotBeTakenAway() {
        officer()
                .delete("Consent/policy-us-hipaa-tpo")
                .then()
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("no active policy of the kind DEFAULT"));

        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void aRuleThatCannotBeReadHidesEverything() {
        sql(
                "INSERT INTO accord.release_policy VALUES ('broken', 1, 'NEVER', 'broken', '{\"of another\": \"version\"}')");
        sql(COUNT_UP);
        try {
            clinic().get(pressure).then().statusCode(404);
            assertThat(clinic().search("Patient?_summary=count").total()).isZero();
            officer().get("Consent/policy-us-part2").then().statusCode(200);
        } finally {
            sql("DELETE FROM accord.release_policy WHERE fhir_id = 'broken'");
            sql(COUNT_UP);
        }
        clinic().get(pressure).then().statusCode(200);
    }

    @Test
    void nodesThatStartTogetherSeedOnce() {
        sql("UPDATE accord.epoch SET number = 0 WHERE name = 'policy'");

        IntStream.range(0, 4)
                .mapToObj(node -> CompletableFuture.runAsync(seeding::afterSingletonsInstantiated))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(JdbcClient.create(database)
                        .sql("SELECT number FROM accord.epoch WHERE name = 'policy'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        assertThat(officer().search(Policies.ALL).total()).isEqualTo(3);
    }

    private void sql(String statement) {
        JdbcClient.create(database).sql(statement).update();
    }

    /** What is written here is taken back after the test. */
    private String write(String consent) {
        var answer = officer().post("Consent", consent);
        answer.then().statusCode(201);
        var address = answer.header("Location").replaceFirst(".*/(Consent/[^/]+).*", "$1");
        written.add(0, address);
        return address;
    }

    private int conditions(String code) {
        return clinic().search("Condition?subject=" + alice + "&code=" + code).total();
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }
}
