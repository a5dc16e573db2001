package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.fhir.TokenResidualReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.smart.ResidualClaim;
import org.accordhie.vocabulary.ResourceFacts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An authorization server has asked for the consents itself, and says in the token what it leaves out: IHE PCF, residual. */
@ExchangeTest
class TokenResidualIT {

    private static final Map<String, ?> FORBID = Map.of("type", "forbid");

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    @Autowired
    Archive archive;

    @Autowired
    StoredFacts stored;

    private final Visit visit = Visit.of("alice");
    private String alice = "";
    private String diagnosis = "";
    private String encounter = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = lakesideFinds("Patient?identifier=" + visit.token());
        diagnosis = lakesideFinds("Condition?subject=" + alice);
        encounter = lakesideFinds("Encounter?subject=" + alice);
    }

    private String lakesideFinds(String query) {
        return exchange.as(LAKESIDE_HOSPITAL).search(query).matches().get(0);
    }

    @Test
    void whatTheTokenForbidsIsAbsent() {
        var clinic = with(alice, List.of(forbid("data", data("instance", diagnosis))));

        assertThat(exchange.as(RIVERSIDE_CLINIC).get(diagnosis).statusCode()).isEqualTo(200);
        assertThat(clinic.get(diagnosis).statusCode()).isEqualTo(404);
        assertThat(clinic.get(diagnosis + "/_history/1").statusCode()).isEqualTo(404);
        assertThat(clinic.search("Condition?_total=accurate&subject=" + alice).total())
                .isZero();
        assertThat(clinic.search("Patient?_has:Condition:subject:code=38341003&_id=" + idOf(alice))
                        .total())
                .isZero();
        assertThat(clinic.search("Encounter?_revinclude=Condition:encounter&subject=" + alice)
                        .included())
                .isEmpty();
        assertThat(clinic.search("Observation?subject=" + alice).total()).isOne();
        assertThat(clinic.get(alice).statusCode()).isEqualTo(200);
    }

    @Test
    void evenFromWhomeverWroteIt() {
        var hospital = with(LAKESIDE_HOSPITAL, alice, List.of(FORBID));

        assertThat(hospital.get(alice).statusCode()).isEqualTo(404);
        assertThat(hospital.search("Condition?subject=" + alice).total()).isZero();
    }

    @Test
    void aVisitWithAllThatBelongsToItIsAbsent() {
        var clinic = with(alice, List.of(forbid("data", data("dependents", encounter))));

        assertThat(clinic.search("Encounter?subject=" + alice).total()).isZero();
        assertThat(clinic.search("Condition?subject=" + alice).total()).isZero();
        assertThat(clinic.search("Patient?_id=" + idOf(alice)).total()).isOne();
    }

    @Test
    void whatADiagnosisRefersToIsForbiddenAsRelated() {
        var observation = lakesideFinds("Observation?subject=" + alice);
        var clinic = with(alice, List.of(forbid("data", data("related", diagnosis))));

        assertThat(clinic.get(encounter).statusCode()).isEqualTo(404);
        assertThat(clinic.get(alice).statusCode()).isEqualTo(404);
        assertThat(clinic.get(observation).statusCode()).isEqualTo(200);
    }

    @Test
    void whatConsentsHideStaysHiddenWhateverTheTokenPermits() {
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(alice, RIVERSIDE_CLINIC))
                .then()
                .statusCode(201);

        var clinic = with(alice, List.of(FORBID, Map.of("type", "permit")));

        assertThat(clinic.get(diagnosis).statusCode()).isEqualTo(404);
    }

    @Test
    void itIsAboutNobodyElse() {
        var other = archive.recordOf(Person.CORY).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow();

        assertThat(with(alice, List.of(FORBID)).get(other.address()).statusCode())
                .isEqualTo(200);
    }

    static Stream<Arguments> residuals() {
        var period = Map.of("start", "2016-01-01", "end", "2020-12-31");
        var ethanol = List.of(coding("v3-ActCode", "ETH"));
        return Stream.of(
                Arguments.of("nothing", List.of()),
                Arguments.of("all", List.of(FORBID)),
                Arguments.of("some years", List.of(forbid("dataPeriod", period))),
                Arguments.of("all but some years", List.of(FORBID, permit("dataPeriod", period))),
                Arguments.of("substance use", List.of(forbid("securityLabel", ethanol))),
                Arguments.of("all but substance use", List.of(FORBID, permit("securityLabel", ethanol))),
                Arguments.of(
                        "all but what is normal",
                        List.of(FORBID, permit("securityLabel", List.of(coding("v3-Confidentiality", "N"))))));
    }

    /** Of Cory, who lets everybody see everything. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("residuals")
    void theRecordIsExactlyWhatItLeaves(String name, List<Map<String, ?>> rules) throws UnenforceableConsent {
        var patients = archive.recordOf(Person.CORY).stream()
                .filter(Archive.Stored::isPatient)
                .map(Archive.Stored::address)
                .distinct()
                .toList();
        var patient = patients.get(0);
        var residual = new TokenResidualReader(FhirContext.forR4Cached(), exchange.base())
                .read(new ResidualClaim(patient, rules));
        var caller = with(patient, rules);
        var record = stored.naming(patient, 5000).stream()
                .filter(facts ->
                        facts.compartments().contains(patient) && !facts.type().equals("Consent"))
                .toList();
        var left = record.stream()
                .filter(facts -> !residual.forbids(facts))
                .map(ResourceFacts::reference)
                .toList();

        var read = record.stream()
                .map(ResourceFacts::reference)
                .filter(address -> caller.get(address).statusCode() == 200)
                .toList();
        assertThat(read).isEqualTo(left);
        if (left.contains(patient)) {
            var found = caller.pages(patient + "/$everything?_count=500&_type=" + types(left)).stream()
                    .flatMap(page -> page.matches().stream());
            assertThat(found).containsExactlyInAnyOrderElementsOf(left);
        }
    }

    private static String types(List<String> addresses) {
        return addresses.stream()
                .map(address -> address.substring(0, address.indexOf('/')))
                .distinct()
                .collect(Collectors.joining(","));
    }

    static Stream<Arguments> wishes() {
        return Stream.of(
                Arguments.of(Person.CORY, true),
                Arguments.of(Person.EVERETTE, true),
                Arguments.of(Person.LEOPOLDO, true),
                Arguments.of(Person.CLARK, true),
                Arguments.of(Person.ROLANDO, true));
    }

    /** Whoever releases the data and knows only the token releases what the exchange itself would. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wishes")
    void theOfferedResidualLeavesWhatTheExchangeReleases(Person person, boolean exact) throws UnenforceableConsent {
        var patient = archive.recordOf(person).stream()
                .filter(Archive.Stored::isPatient)
                .map(Archive.Stored::address)
                .findFirst()
                .orElseThrow();

        var offer = new Told(Caller.json(exchange.as(PRIVACY_OFFICER)
                .get(patient + "/$residual?requester=" + RIVERSIDE_CLINIC.organization + "&purpose=TREAT")));

        assertThat(offer.text("exact")).isEqualTo(String.valueOf(exact));
        var extension = Caller.tree(offer.text("ihe_pcf"));
        List<Map<String, ?>> rules =
                Caller.JSON.convertValue(extension.path("residual"), new TypeReference<List<Map<String, ?>>>() {});
        var residual = new TokenResidualReader(FhirContext.forR4Cached(), exchange.base())
                .read(new ResidualClaim(patient, rules));
        var left = stored.naming(patient, 5000).stream()
                .filter(facts -> !facts.type().equals("Consent") && !residual.forbids(facts))
                .map(ResourceFacts::reference);
        var released = stored.naming(patient, 5000).stream()
                .filter(facts ->
                        exchange.as(RIVERSIDE_CLINIC).get(facts.reference()).statusCode() == 200)
                .map(ResourceFacts::reference);
        assertThat(left).containsExactlyInAnyOrderElementsOf(released.toList());
        assertThat(with(patient, rules).get(patient).statusCode())
                .isEqualTo(exchange.as(RIVERSIDE_CLINIC).get(patient).statusCode());
    }

    @Test
    void onlyOfficersAreOfferedOne() {
        var query = alice + "/$residual?requester=" + RIVERSIDE_CLINIC.organization + "&purpose=";

        assertThat(exchange.as(RIVERSIDE_CLINIC).get(query + "TREAT").statusCode())
                .isEqualTo(403);
        assertThat(exchange.asAppOf(alice).get(query + "TREAT").statusCode()).isEqualTo(403);
        assertThat(exchange.as(PRIVACY_OFFICER).get(query + "HRESCH").statusCode())
                .isEqualTo(400);
        assertThat(exchange.as(PRIVACY_OFFICER)
                        .get(query.replace(alice, "Patient/nobody") + "TREAT")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aResidualThatCannotBeCarriedOutOpensNothing() {
        for (var rule : List.of(
                forbid("class", List.of(Map.of("code", "Condition"))),
                Map.of("type", "deny"),
                forbid("data", data("instance", "https://elsewhere.example/Condition/1")))) {
            var refused = with(alice, List.of(rule)).get("Patient/" + idOf(alice));

            assertThat(refused.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void suchATokenIsForReadingDataAlone() {
        var hospital = with(LAKESIDE_HOSPITAL, alice, List.of(forbid("data", data("instance", diagnosis))));
        var officer = with(PRIVACY_OFFICER, alice, List.of(forbid("data", data("instance", diagnosis))));

        assertThat(hospital.post("", Visit.of("bob").bundle()).statusCode()).isEqualTo(403);
        assertThat(hospital.delete(encounter).statusCode()).isEqualTo(403);
        assertThat(officer.get("Consent?patient=" + alice).statusCode()).isEqualTo(403);
        assertThat(officer.get("AuditEvent?patient=" + alice).statusCode()).isEqualTo(403);
        assertThat(officer.get(diagnosis + "/$explain?requester=Organization/riverside-clinic")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void consentsStayClosedOnEveryWay() {
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.share(alice))
                .then()
                .statusCode(201);
        var officer = with(PRIVACY_OFFICER, alice, List.of(forbid("data", data("instance", diagnosis))));

        assertThat(officer.get(alice + "/$everything?_type=Consent").statusCode())
                .isEqualTo(200);
        assertThat(officer.search(alice + "/$everything?_type=Consent").total()).isZero();
        assertThat(officer.search("Patient?_revinclude=Consent:patient&_id=" + idOf(alice))
                        .included())
                .isEmpty();
        assertThat(officer.get("Patient?_has:Consent:patient:status=active&_id=" + idOf(alice))
                        .statusCode())
                .isEqualTo(403);
    }

    private Caller with(String patient, List<Map<String, ?>> rules) {
        return with(RIVERSIDE_CLINIC, patient, rules);
    }

    private Caller with(Partner partner, String patient, List<Map<String, ?>> rules) {
        var pcf = Map.of("patient_id", exchange.base() + "/" + patient, "residual", rules);
        return exchange.with(tokens.of(exchange.token(partner, "", partner.scope), claims -> {
            var extensions = new HashMap<String, Object>();
            if (claims.getClaims().get("extensions") instanceof Map<?, ?> former) {
                former.forEach((name, value) -> extensions.put(String.valueOf(name), value));
            }
            extensions.put("ihe_pcf", pcf);
            claims.claim("extensions", extensions);
        }));
    }

    private static Map<String, ?> forbid(String element, Object value) {
        return Map.of("type", "forbid", element, value);
    }

    private static Map<String, ?> permit(String element, Object value) {
        return Map.of("type", "permit", element, value);
    }

    private static Map<String, ?> coding(String system, String code) {
        return Map.of("system", "http://terminology.hl7.org/CodeSystem/" + system, "code", code);
    }

    private static List<Map<String, ?>> data(String meaning, String reference) {
        return List.of(Map.of("meaning", meaning, "reference", Map.of("reference", reference)));
    }

    private static String idOf(String address) {
        return address.substring(address.indexOf('/') + 1);
    }
}
