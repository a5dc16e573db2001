package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.directory.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sources say who is in their care teams. */
@ExchangeTest
class CareTeamIT {

    private static final Instant IN_SPRING = Instant.parse("2026-04-01T10:00:00Z");
    private static final Instant IN_AUTUMN = Instant.parse("2026-10-01T10:00:00Z");

    @Autowired
    Exchange exchange;

    @Autowired
    Directory directory;

    private final Visit visit = Visit.of("alice");
    private String practitioner = "";
    private String role = "";
    private String team = "";

    @BeforeEach
    void lakesideFormsATeam() {
        var answer = lakeside()
                .post(
                        "",
                        Visit.bundleOf(String.join(
                                ",",
                                visit.patient(),
                                Visit.entry(visit.name("doctor"), "Practitioner", """
                        {"resourceType":"Practitioner","identifier":[{"system":"urn:lakeside:staff","value":"%s"}]}""".formatted(visit.person())),
                                Visit.entry(
                                        visit.name("role"), "PractitionerRole", """
                        {"resourceType":"PractitionerRole","practitioner":{"reference":"%s"}}""".formatted(visit.name("doctor"))),
                                Visit.entry(
                                        visit.name("team"),
                                        "CareTeam",
                                        team(visit.name("patient"), visit.name("role"))))));
        answer.then().statusCode(200);
        var addresses = Caller.tree(answer.asString()).path("entry").findValuesAsText("location").stream()
                .map(location -> location.replaceFirst(".*/fhir/", "").replaceFirst("/_history/.*", ""))
                .toList();
        practitioner = addresses.get(1);
        role = addresses.get(2);
        team = addresses.get(3);
    }

    /** In which the patient is always, and the doctor until the summer. */
    private static String team(String patient, String doctor) {
        return """
                {"resourceType":"CareTeam","status":"active","subject":{"reference":"%s"},"participant":[
                 {"member":{"reference":"%s"},"period":{"start":"2026-01-01","end":"2026-06-30"}},
                 {"member":{"reference":"%s"}},
                 {"member":{"reference":"%s"}}]}""".formatted(patient, doctor, patient, RIVERSIDE_CLINIC.organization);
    }

    @Test
    void holdsWhoAsksInARoleForItsPeriod() {
        assertThat(of(practitioner, IN_SPRING)).containsExactlyInAnyOrder(role, team);
        assertThat(of(practitioner, IN_AUTUMN)).containsExactly(role);
        assertThat(of(visit.person(), IN_SPRING)).isEmpty();
    }

    @Test
    void holdsOrganisationsAndPatients() {
        var patient = lakeside()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);

        assertThat(of(patient, IN_AUTUMN)).containsExactly(team);
        assertThat(of(RIVERSIDE_CLINIC.organization, IN_AUTUMN)).contains(team);
    }

    @Test
    void isToldAmongTheTeamsThatARuleNames() {
        var actors = List.of(practitioner, "Organization/nobody");

        assertThat(directory.membershipsOf(actors, IN_SPRING, Set.of(team, "CareTeam/none")))
                .containsExactly(team);
        assertThat(directory.membershipsOf(actors, IN_SPRING, Set.of(role))).containsExactly(role);
        assertThat(directory.membershipsOf(actors, IN_AUTUMN, Set.of(team))).isEmpty();
        assertThat(directory.membershipsOf(actors, IN_SPRING, Set.of())).isEmpty();
    }

    @Test
    void endsWithTheRole() {
        put(role, """
                {"resourceType":"PractitionerRole","id":"%s","active":false,"practitioner":{"reference":"%s"}}""".formatted(idOf(role), practitioner));

        assertThat(of(practitioner, IN_SPRING)).isEmpty();
        assertThat(of(role, IN_SPRING)).containsExactly(team);
    }

    @Test
    void endsWhenTheTeamIsNoLongerActive() {
        var patient = lakeside()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var active = Vocabularies.withId(team(patient, role), idOf(team));

        put(team, active.replace("\"active\"", "\"suspended\""));
        assertThat(of(practitioner, IN_SPRING)).containsExactly(role);

        put(team, active);
        assertThat(of(practitioner, IN_SPRING)).containsExactlyInAnyOrder(role, team);

        lakeside().delete(team).then().statusCode(204);
        assertThat(of(practitioner, IN_SPRING)).containsExactly(role);
    }

    @Test
    void isSaidByItsOwnerAlone() {
        var answer = exchange.as(RIVERSIDE_CLINIC).put(team, """
                {"resourceType":"CareTeam","id":"%s","status":"active"}""".formatted(idOf(team)));

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(of(practitioner, IN_SPRING)).containsExactlyInAnyOrder(role, team);
    }

    private void put(String address, String resource) {
        lakeside().put(address, resource).then().statusCode(200);
    }

    private Set<String> of(String actor, Instant at) {
        return directory.membershipsOf(List.of(actor), at);
    }

    private static String idOf(String address) {
        return address.replaceFirst(".*/", "");
    }

    private Caller lakeside() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
