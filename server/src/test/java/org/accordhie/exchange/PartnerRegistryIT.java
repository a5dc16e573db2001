package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.accordhie.exchange.Registered.clinic;
import static org.accordhie.exchange.Registered.flag;
import static org.accordhie.exchange.Registered.grant;
import static org.accordhie.exchange.Registered.organization;
import static org.accordhie.exchange.Registered.part;
import static org.accordhie.exchange.Registered.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.zaxxer.hikari.HikariDataSource;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** A privacy officer says over FHIR who takes part, and the very next request feels it. */
@ExchangeTest
@DisplayName("section 8: the partner registry")
class PartnerRegistryIT {

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    @Autowired
    @Qualifier("wholePool")
    HikariDataSource database;

    private final List<String> written = new ArrayList<>();
    private final String client = "new-clinic-" + UUID.randomUUID();
    private Visit visit = Visit.of("alice");
    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(RIVERSIDE_CLINIC)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @AfterEach
    void takeThePartnersOut() {
        written.forEach(each -> officer().delete(each).then().statusCode(204));
    }

    @Test
    void aRegisteredClientIsServedAsFarAsItIsGranted() {
        assertRefused(newClinic("TREAT").get(alice));

        var clinic = register(organization("New Clinic", clinic(client, "system/Patient.rs")));

        newClinic("TREAT").get(alice).then().statusCode(200);
        officer().get(clinic).then().statusCode(200).body("name", equalTo("New Clinic"));
        // Its token says `system/*.cruds`.
        assertRefused(newClinic("TREAT").get("Observation?patient=" + alice));
        assertRefused(newClinic("TREAT").post("Patient", "{\"resourceType\":\"Patient\"}"));
        assertRefused(newClinic("HPAYMT").get(alice));
        assertRefused(newClinic("BTG").get(alice));
    }

    @Test
    void everyNodeFeelsASuspensionAtOnce() throws Exception {
        var settings = FreshExchange.settings();
        settings.put("accord.database.url", database.getJdbcUrl());
        settings.put("accord.database.user", database.getUsername());
        settings.put("accord.database.password", database.getPassword());
        var second = SecondServer.start(settings);
        try {
            var there = newClinicOf(second, Path.of(String.valueOf(settings.get("accord.development.directory"))));
            var here = newClinic("TREAT");
            assertRefused(there.get(alice));
            var grant = clinic(client, "system/*.rs");
            var clinic = register(organization("New Clinic", grant));
            for (int round = 0; round < 5; round++) {
                there.get(alice).then().statusCode(200);
                here.get(alice).then().statusCode(200);

                update(clinic, organization("New Clinic", with(grant, flag("suspended"))));
                assertRefused(there.get(alice));
                assertRefused(here.get(alice));
                assertRefused(here.get(clinic));

                update(clinic, organization("New Clinic", grant));
            }
            there.get(alice).then().statusCode(200);
            second.as(PRIVACY_OFFICER).delete(clinic).then().statusCode(204);
            written.remove(clinic);
            assertRefused(here.get(alice));
            assertRefused(there.get(alice));
        } finally {
            second.stop();
        }
    }

    @Test
    void anInactiveOrganizationSuspendsAllItsClients() {
        var active = organization("New Clinic", clinic(client, "system/*.rs"), clinic(client + "-app", "system/*.rs"));
        var clinic = register(active);
        newClinic("TREAT").get(alice).then().statusCode(200);

        update(clinic, active.replace("\"active\":true", "\"active\":false"));

        assertRefused(newClinic("TREAT").get(alice));
        officer().get(clinic).then().statusCode(200);
    }

    @Test
    void aConsentThatNamesTheOrganizationAboveSpeaksToTheClinic() {
        var network = register(organization("A network"));
        register(Registered.partOf(organization("New Clinic", clinic(client, "system/*.rs")), network));
        newClinic("TREAT").get(alice).then().statusCode(200);

        register("Consent", Consents.consent(alice, "active", """
                {"type":"permit","provision":[{"type":"deny","actor":[{"role":{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
                 "reference":{"reference":"%s"}}]}]}""".formatted(network)));

        newClinic("TREAT").get(alice).then().statusCode(404);
        exchange.as(RIVERSIDE_CLINIC).get(alice).then().statusCode(200);
    }

    @Test
    void aSourceOwnsWhatItPushedAndAnExplanationKnowsThePartner() {
        var clinic = register(
                organization("New Clinic", with(clinic(client, "system/*.cruds"), part("role", "Code", "SOURCE"))));
        var theirs = Visit.of("bob");
        newClinic("TREAT").post("", theirs.bundle()).then().statusCode(200);
        var bob = newClinic("TREAT")
                .search("Patient?identifier=" + theirs.token())
                .matches()
                .get(0);
        register("Consent", Consents.refuse(bob));

        newClinic("TREAT").get(bob).then().statusCode(200);
        exchange.as(RIVERSIDE_CLINIC).get(bob).then().statusCode(404);
        officer()
                .get(bob + "/$explain?requester=" + clinic + "&purpose=TREAT")
                .then()
                .statusCode(200)
                .body(containsString("the author organisation reads what it wrote"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            extension[0].extension[3]; {"url":"scope","valueString":"system/Patient.sr"};         SMART scope
            extension[0].extension[3]; {"url":"purpose","valueCode":"CURIOSITY"};                 v3-ActReason
            extension[0].extension[3]; {"url":"role","valueCode":"ADMIN"};                        PRIVACY_OFFICER
            extension[0].extension[3]; {"url":"clientId","valueString":"dev-riverside-clinic"};   settings
            extension[0];              {"url":"purpose","valueCode":"BTG"};                       breakGlass
            """)
    void aRegistrationThatIsWrongIsRefusedWithThePlace(String place, String part, String said) {
        officer()
                .post("Organization", organization("New Clinic", with(clinic(client, "system/*.rs"), part)))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Organization." + place))
                .body("issue[0].diagnostics", containsString(said));
        assertRefused(newClinic("TREAT").get(alice));
    }

    @Test
    void aClientIsOfOneOrganization() {
        var first = register(organization("New Clinic", clinic(client, "system/*.rs")));
        var other = organization("Another", clinic(client, "system/*.cruds"));

        officer()
                .post("Organization", other)
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Organization.extension[0].extension[0]"))
                .body("issue[0].diagnostics", containsString("another organization"));
        officer()
                .post("Organization", organization("Nameless", grant(part("scope", "String", "system/*.rs"))))
                .then()
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("clientId"));

        update(first, organization("New Clinic"));
        assertRefused(newClinic("TREAT").get(alice));
        register(other);
        newClinic("TREAT").get(alice).then().statusCode(200);
    }

    @Test
    void onlyPrivacyOfficersGrant() {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var granting = organization("New Clinic", clinic(client, "system/*.cruds"));
        var plain = organization("A department");

        assertRefused(hospital.post("Organization", granting));
        assertRefused(exchange.as(RIVERSIDE_CLINIC).post("Organization", granting));
        hospital.post("", Visit.bundleOf(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Organization", granting)))
                .then()
                .statusCode(403);
        var department = hospital.post("Organization", plain);
        department.then().statusCode(201);
        var address = address(department);
        assertRefused(hospital.put(address, Consents.withId(granting, address.substring("Organization/".length()))));
        assertRefused(newClinic("TREAT").get(alice));

        var clinic = register(organization("New Clinic", clinic(client, "system/*.rs")));
        hospital.put(clinic, Consents.withId(plain, clinic.substring("Organization/".length())))
                .then()
                .statusCode(404);
        hospital.delete(clinic).then().statusCode(404);
        newClinic("TREAT").get(alice).then().statusCode(200);
        hospital.delete(address).then().statusCode(204);
    }

    @Test
    void aSourceOfTheOfficersOwnOrganizationGrantsNothing() {
        var source = client + "-source";
        register(organization(
                "Officers",
                with(clinic(client, "system/*.cruds"), part("role", "Code", "PRIVACY_OFFICER")),
                with(clinic(source, "system/*.cruds"), part("role", "Code", "SOURCE"))));
        var theirs = newClinic("TREAT").post("Organization", organization("Theirs"));
        theirs.then().statusCode(201);
        var address = address(theirs);
        var id = address.substring("Organization/".length());

        assertRefused(as(source, "TREAT").put(address, Consents.withId(organization("Mine"), id)));
        assertRefused(as(source, "TREAT").delete(address));
        assertRefused(as(source, "TREAT").post("Organization", organization("X", clinic(source + "2", "system/*.rs"))));
        newClinic("TREAT").delete(address).then().statusCode(204);
    }

    @Test
    void whoDoesNotSayWhyReadsTheDirectoryAlone() {
        var silent = exchange.with(tokens.of(
                exchange.as(RIVERSIDE_CLINIC).token(), claims -> claims.claim("extensions", Map.of("x", "y"))));

        silent.get("Organization?name=x").then().statusCode(200);
        silent.get("Practitioner?_revinclude=Encounter:participant").then().statusCode(200);
        assertThat(silent.search("Practitioner?_revinclude=Encounter:participant&_count=500")
                        .included())
                .isEmpty();
        assertRefused(silent.get(alice));
        assertRefused(silent.get("Observation?patient=" + alice));
        assertRefused(silent.get(alice + "/$everything"));
        assertRefused(silent.get("Practitioner?_has:Encounter:participant:status=finished"));
        assertRefused(silent.get("AuditEvent"));
        assertRefused(exchange.with(tokens.of(
                        exchange.as(RIVERSIDE_CLINIC).token(),
                        claims -> claims.claim(
                                "extensions", Map.of("hl7-b2b", Map.of("purpose_of_use", List.of("CURIOSITY"))))))
                .get(alice));
    }

    private static void assertRefused(Response answer) {
        answer.then().statusCode(403).header("WWW-Authenticate", containsString("insufficient_scope"));
    }

    private Caller newClinic(String purpose) {
        return as(client, purpose);
    }

    private Caller as(String clientId, String purpose) {
        return exchange.with(tokens.of(exchange.as(RIVERSIDE_CLINIC).token(), Registered.asClient(clientId, purpose)));
    }

    private Caller newClinicOf(SecondServer second, Path directory) {
        var theirs = second.as(RIVERSIDE_CLINIC);
        return new Caller(
                theirs.base(), AlteredTokens.of(theirs.token(), directory, Registered.asClient(client, "TREAT")));
    }

    private String register(String organization) {
        return register("Organization", organization);
    }

    /** What is written here is taken back after the test. */
    private String register(String type, String resource) {
        var answer = officer().post(type, resource);
        answer.then().statusCode(201);
        written.add(0, address(answer));
        return address(answer);
    }

    private static String address(Response written) {
        return written.header("Location").replaceFirst(".*/([A-Z][A-Za-z]+/[^/]+)/_history.*", "$1");
    }

    private void update(String address, String organization) {
        officer()
                .put(address, Consents.withId(organization, address.substring("Organization/".length())))
                .then()
                .statusCode(200);
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }
}
