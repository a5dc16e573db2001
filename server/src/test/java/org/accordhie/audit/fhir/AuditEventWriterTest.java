package org.accordhie.audit.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.Accesses;
import org.accordhie.audit.RestfulInteraction;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("a record of the trail as AuditEvent")
class AuditEventWriterTest {

    private static final String BASE = "https://accord.example/fhir";

    private final AuditEventWriter writer = new AuditEventWriter(BASE);

    @Test
    void saysWhatWasDoneWhenAndHowItEnded() {
        var event = writer.write(Accesses.access(RestfulInteraction.READ, "Condition"));

        assertThat(event.getId()).isEqualTo("AuditEvent/00000000-0000-0000-0000-000000000001/_history/1");
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(event.getRecordedElement().getValueAsString()).isEqualTo("2026-03-04T05:06:07.891Z");
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("TREAT");
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "REFUSED, 4", "FAILED, 8"})
    void tellsTheOutcome(AccessRecord.Outcome outcome, String code) {
        var read = Accesses.access(RestfulInteraction.READ, "Condition");
        var ended = new AccessRecord(
                read.id(),
                read.at(),
                read.call(),
                outcome,
                0,
                read.requester(),
                read.patients(),
                read.resources(),
                null,
                "");

        assertThat(writer.write(ended).getOutcome().toCode()).isEqualTo(code);
    }

    @Test
    void namesTheClientAsRequestorWhereThereIsNoUser() {
        var agents = writer.write(Accesses.access(RestfulInteraction.READ, "Condition"))
                .getAgent();

        assertThat(agents)
                .hasSize(3)
                .filteredOn(AuditEventAgentComponent::getRequestor)
                .singleElement()
                .satisfies(client -> {
                    assertThat(client.getWho().getIdentifier().getValue()).isEqualTo("app");
                    assertThat(client.getPolicy().get(0).getValue()).isEqualTo("token-1");
                    assertThat(client.getPurposeOfUseFirstRep()
                                    .getCodingFirstRep()
                                    .getCode())
                            .isEqualTo("TREAT");
                });
        assertThat(agents.get(1).getNetwork().getAddress()).isEqualTo(BASE);
        assertThat(agents.get(2).getWho().getReference()).isEqualTo("Organization/clinic");
    }

    @Test
    void namesTheUserAsRequestor() {
        var agents = writer.write(Accesses.access(RestfulInteraction.READ, "Condition", "Practitioner/eve"))
                .getAgent();

        assertThat(agents)
                .hasSize(4)
                .filteredOn(AuditEventAgentComponent::getRequestor)
                .singleElement()
                .satisfies(user -> {
                    assertThat(user.getWho().getReference()).isEqualTo("Practitioner/eve");
                    assertThat(user.getPolicy()).isNotEmpty();
                });
        assertThat(agents.get(0).getPolicy()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: client {1}, server {2}, user {3}")
    @CsvSource({
        "READ,             110152, 110153,    IRCP",
        "VREAD,            110152, 110153,    IRCP",
        "HISTORY_INSTANCE, 110152, 110153,    IRCP",
        "SEARCH_TYPE,      110153, 110152,    IRCP",
        "CREATE,           110153, 110152,    AUT",
        "UPDATE,           110153, 110152,    AUT",
        "DELETE,           110150, custodian, AUT"
    })
    void givesAgentsTheirRoles(RestfulInteraction interaction, String client, String server, String user) {
        var event = writer.write(Accesses.access(interaction, "Condition", "Practitioner/eve"));

        assertThat(event.getAgent())
                .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
                .containsExactly(client, server, "PROV", user);
    }

    @Test
    void namesTheQueryThePatientsAndTheResources() {
        var event = writer.write(Accesses.access(RestfulInteraction.SEARCH_TYPE, "Condition"));

        assertThat(event.getEntity())
                .extracting(entity -> entity.getRole().getCode())
                .containsExactly("24", "1", "4");
        assertThat(new String(event.getEntity().get(0).getQuery(), StandardCharsets.UTF_8))
                .isEqualTo("/Condition/1");
        assertThat(event.getEntity().get(1).getWhat().getReference()).isEqualTo("Patient/ann");
        assertThat(event.getEntity().get(2).getWhat().getReference()).isEqualTo("Condition/1/_history/2");
    }

    @Test
    void leavesOutAQueryThatIsNotShown() {
        var event = writer.write(
                Accesses.access(RestfulInteraction.SEARCH_TYPE, "Condition").withoutCircumstances());

        assertThat(event.getEntity()).hasSize(2).noneMatch(AuditEvent.AuditEventEntityComponent::hasQuery);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void isCompleteForEveryInteraction(RestfulInteraction interaction) {
        var event = writer.write(Accesses.access(interaction, "Condition"));
        var json = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(event);

        assertThat(json).contains("\"source\"", "\"agent\"", "\"recorded\"", "\"action\"");
        assertThat(List.of(
                        event.getType(),
                        event.getSubtypeFirstRep(),
                        event.getSource().getTypeFirstRep()))
                .allMatch(Coding::hasSystem);
    }
}
