package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a consent may name, from a token to what is released. Alice was at Lakeside Hospital; Riverside Clinic asks. */
@ExchangeTest
class ConsentCriteriaIT {

    @Autowired
    Exchange exchange;

    private Visit visit = Visit.of("alice");
    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        visit = Visit.of("alice");
        lakeside().post("", visit.bundle()).then().statusCode(200);
        alice = address("Patient?identifier=" + visit.token());
        assertThat(clinicSees("Condition")).isEqualTo(1);
        assertThat(clinicSees("Observation")).isEqualTo(1);
    }

    @Test
    void aCareTeamSeesWhatItsPatientShares() {
        var team = lakeside().post("CareTeam", team(alice, RIVERSIDE_CLINIC.organization));
        team.then().statusCode(201);
        var named = addressOf(team.getHeader("Location"));
        consent(Consents.shareOnlyWith(alice, named));
        assertThat(clinicSees("Condition")).isEqualTo(1);

        var without = Vocabularies.withId(team(alice, LAKESIDE_HOSPITAL.organization), idOf(named));
        lakeside().put(named, without).then().statusCode(200);

        assertThat(clinicSees("Condition")).isZero();
    }

    @Test
    void aCodeStandsForThoseBelowItAsSoonAsTheyAreKnown() {
        var words = Vocabularies.fresh();
        lakeside().post("", diagnosed(words.system(), "depression")).then().statusCode(200);
        consent(Consents.shareAllBut(alice, """
                "code":[{"coding":[{"system":"%s","code":"mental"}]}]""".formatted(words.system())));
        assertThat(clinicSees("Condition")).isEqualTo(2);

        officer().post("CodeSystem", words.illnesses()).then().statusCode(201);

        assertThat(clinicSees("Condition")).isEqualTo(1);
    }

    @Test
    void aValueSetStandsForItsMembers() {
        var words = Vocabularies.fresh();
        lakeside().post("", diagnosed(words.system(), "mania")).then().statusCode(200);
        officer().post("CodeSystem", words.illnesses()).then().statusCode(201);
        officer().post("ValueSet", words.within("moods", "mood")).then().statusCode(201);

        consent(Consents.shareAllBut(alice, """
                "code":[{"extension":[{"url":"https://accordhie.org/fhir/StructureDefinition/provision-code-value-set",
                 "valueUri":"%s"}]}]""".formatted(words.valueSet("moods"))));

        assertThat(clinicSees("Condition")).isEqualTo(1);
    }

    @Test
    void aValueSetThatIsNotLoadedIsRefused() {
        var answer = officer().post("Consent", Consents.shareAllBut(alice, """
                "code":[{"extension":[{"url":"https://accordhie.org/fhir/StructureDefinition/provision-code-value-set",
                 "valueUri":"urn:nowhere"}]}]"""));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("Consent.provision.provision[0].code");
    }

    @Test
    void relatedDataIsWhatAResourceRefersTo() {
        var condition = address("Condition?patient=" + alice);
        var encounter = address("Encounter?patient=" + alice);
        var observation = address("Observation?patient=" + alice);
        consent(Consents.shareAllBut(alice, data("related", condition)));

        for (var hidden : List.of(condition, encounter, alice)) {
            assertThat(exchange.as(RIVERSIDE_CLINIC).get(hidden).statusCode()).isEqualTo(404);
        }
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(observation).statusCode()).isEqualTo(200);
    }

    @Test
    void dependentDataIsWhatRefersToAResource() {
        consent(Consents.shareAllBut(alice, data("dependents", address("Encounter?patient=" + alice))));

        assertThat(clinicSees("Encounter")).isZero();
        assertThat(clinicSees("Condition")).isZero();
        assertThat(clinicSees("Patient")).isEqualTo(1);
    }

    @Test
    void authoredDataIsWhatAnOrganisationWrote() {
        consent(Consents.shareAllBut(alice, data("authoredby", LAKESIDE_HOSPITAL.organization)));

        assertThat(clinicSees("Condition")).isZero();
        assertThat(clinicSees("Patient")).isZero();
    }

    @Test
    void anEmergencyOpensOnePatientsRecordAndNoOther() {
        var other = Visit.of("bob");
        lakeside().post("", other.bundle()).then().statusCode(200);
        var bob = address("Patient?identifier=" + other.token());
        consent(Consents.refuse(alice));
        consent(Consents.refuse(bob));
        assertThat(clinicSees("Condition")).isZero();

        var emergency = exchange.inEmergency(RIVERSIDE_CLINIC, alice, "unconscious on arrival");

        assertThat(emergency.search("Condition?patient=" + alice).total()).isEqualTo(1);
        assertThat(emergency.get(alice).statusCode()).isEqualTo(200);
        assertThat(emergency.search("Condition?patient=" + bob).total()).isZero();
        assertThat(emergency.get(bob).statusCode()).isEqualTo(404);
    }

    @Test
    void anEmergencyThatIsNotDeclaredOpensNothing() {
        consent(Consents.refuse(alice));

        assertThat(exchange.as(RIVERSIDE_CLINIC, "BTG")
                        .search("Condition?patient=" + alice)
                        .total())
                .isZero();
    }

    @Test
    void anEmergencyDoesNotPassWhoDeniesItInSoManyWords() {
        consent(Consents.consent(alice, "active", """
                {"type":"deny","purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"BTG"}]}"""));

        var emergency = exchange.inEmergency(RIVERSIDE_CLINIC, alice, "unconscious on arrival");

        assertThat(emergency.search("Condition?patient=" + alice).total()).isZero();
    }

    private static String team(String patient, String member) {
        return """
                {"resourceType":"CareTeam","status":"active","subject":{"reference":"%s"},
                 "participant":[{"member":{"reference":"%s"}}]}""".formatted(patient, member);
    }

    private String diagnosed(String system, String code) {
        var condition = """
                {"resourceType":"Condition","code":{"coding":[{"system":"%s","code":"%s"}]},
                 "subject":{"reference":"%s"}}""".formatted(system, code, visit.name("patient"));
        return Visit.bundleOf(visit.patient() + "," + Visit.entry(visit.name("another"), "Condition", condition));
    }

    private static String data(String meaning, String reference) {
        return """
                "data":[{"meaning":"%s","reference":{"reference":"%s"}}]""".formatted(meaning, reference);
    }

    private void consent(String consent) {
        officer().post("Consent", consent).then().statusCode(201);
    }

    private int clinicSees(String type) {
        var criterion = type.equals("Patient") ? "_id=" + idOf(alice) : "patient=" + alice;
        return exchange.as(RIVERSIDE_CLINIC).search(type + "?" + criterion).total();
    }

    private String address(String query) {
        return lakeside().search(query).matches().get(0);
    }

    private static String addressOf(String location) {
        return location.replaceFirst(".*/fhir/", "").replaceFirst("/_history/.*", "");
    }

    private static String idOf(String address) {
        return address.replaceFirst(".*/", "");
    }

    private Caller lakeside() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }
}
