package org.accordhie.directory.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.accordhie.directory.Membership;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("who a care team or a role says is a member")
class MembershipReaderTest {

    private static final MembershipReader READER = new MembershipReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner/a",
                "PractitionerRole/a",
                "Organization/a",
                "Patient/a",
                "RelatedPerson/a",
                "CareTeam/a"
            })
    void isWhoeverParticipates(String member) {
        assertThat(READER.read(team(member))).containsExactly(new Membership(member, "CareTeam/1", TimeSpan.ALWAYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Device/a", "#a", "https://elsewhere.example/fhir/Practitioner/a", "urn:uuid:a", "a"})
    void isNobodyWhoCouldNotAskHere(String member) {
        assertThat(READER.read(team(member))).isEmpty();
    }

    @Test
    void isNobodyWithoutAReference() {
        var team = team("Practitioner/a");
        team.getParticipantFirstRep().setMember(new Reference().setDisplay("somebody"));

        assertThat(READER.read(team)).isEmpty();
        assertThat(READER.read(new PractitionerRole().setId("PractitionerRole/1")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = CareTeamStatus.class, names = "ACTIVE", mode = EnumSource.Mode.EXCLUDE)
    void isNobodyOfATeamThatIsNotActive(CareTeamStatus status) {
        assertThat(READER.read(team("Practitioner/a").setStatus(status))).isEmpty();
        assertThat(READER.read(team("Practitioner/a").setStatus(null))).isEmpty();
    }

    @Test
    void isAMemberWhileBothPeriodsLast() {
        var team = team("Practitioner/a").setPeriod(period("2026-01-01", "2026-12"));
        team.getParticipantFirstRep().setPeriod(period("2025", "2026-03-31"));

        assertThat(READER.read(team))
                .containsExactly(new Membership(
                        "Practitioner/a",
                        "CareTeam/1",
                        new TimeSpan(
                                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-03-31T23:59:59.999Z"))));

        team.getParticipantFirstRep().setPeriod(period("2026-02-01", "2027"));

        assertThat(READER.read(team).get(0).period())
                .isEqualTo(
                        new TimeSpan(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-12-31T23:59:59.999Z")));
    }

    @Test
    void isWhoHoldsARoleThatIsNotEnded() {
        var role = new PractitionerRole().setPractitioner(new Reference("Practitioner/a"));
        role.setId("PractitionerRole/1/_history/2");
        var held = new Membership("Practitioner/a", "PractitionerRole/1", TimeSpan.ALWAYS);

        assertThat(READER.read(role)).containsExactly(held);
        assertThat(READER.read(role.setActive(true))).containsExactly(held);
        assertThat(READER.read(role.setActive(false))).isEmpty();
    }

    @Test
    void isNotSaidByOtherResources() {
        assertThat(READER.read(new Patient())).isEmpty();
        assertThat(MembershipReader.reads("Patient")).isFalse();
        assertThat(MembershipReader.reads("CareTeam")).isTrue();
        assertThat(MembershipReader.reads("PractitionerRole")).isTrue();
    }

    private static CareTeam team(String member) {
        var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE);
        team.setId("CareTeam/1/_history/1");
        team.addParticipant().setMember(new Reference(member));
        return team;
    }

    private static Period period(String start, String end) {
        return new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end));
    }
}
