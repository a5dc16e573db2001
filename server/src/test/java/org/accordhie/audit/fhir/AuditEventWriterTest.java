package org.accordhie.audit.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.Accesses;
import org.accordhie.audit.Call;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.vocabulary.BreakGlass;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
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
                    assertThat(client.getPolicy().get(0).getValue()).isEqualTo("urn:ietf:params:oauth:jti:token-1");
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

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "SUCCESS, 0,",
        "REFUSED, 0,   refused",
        "FAILED,  0,   failed",
        "REFUSED, 401, no valid token",
        "REFUSED, 403, not permitted",
        "REFUSED, 404, nothing there that the requester may see",
        "REFUSED, 410, nothing there that the requester may see",
        "FAILED,  422, the request was not acceptable",
        "FAILED,  500, the server failed"
    })
    void saysInWordsOfItsKindHowItEnded(AccessRecord.Outcome outcome, int status, @Nullable String words) {
        var event = writer.write(read("/Condition/1", outcome, status, null));

        assertThat(event.getOutcomeDesc()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/Condition?code=a%20b;    /Condition?code=a b",
                "/Condition?code=%07;      /Condition?code=\uFFFD",
                "/Condition?code=%zz;      /Condition?code=%zz"
            })
    void tellsTheQueryAsItReads(String query, String decoded) {
        var event = writer.write(read(query, AccessRecord.Outcome.SUCCESS, 0, null));

        assertThat(event.getEntityFirstRep().getDescription()).isEqualTo(decoded);
        assertThat(new String(event.getEntityFirstRep().getQuery(), StandardCharsets.UTF_8))
                .isEqualTo(query);
    }

    @Test
    void tellsWhyAnEmergencyWasDeclared() {
        var glass = new BreakGlass("Patient/ann", "found unconscious");

        var event = writer.write(read("/Condition/1", AccessRecord.Outcome.SUCCESS, 0, glass));

        assertThat(event.getEntity())
                .filteredOn(entity -> entity.hasDetail())
                .singleElement()
                .satisfies(patient -> {
                    assertThat(patient.getWhat().getReference()).isEqualTo("Patient/ann");
                    assertThat(patient.getDetailFirstRep().getValue().primitiveValue())
                            .isEqualTo("found unconscious");
                });
    }

    private static AccessRecord read(
            String query, AccessRecord.Outcome outcome, int status, @Nullable BreakGlass breakGlass) {
        var read = Accesses.access(RestfulInteraction.READ, "Condition");
        return new AccessRecord(
                read.id(),
                read.at(),
                new Call(null, "10.0.0.7", RestfulInteraction.READ, "Condition", query),
                outcome,
                status,
                read.requester(),
                read.patients(),
                read.resources(),
                breakGlass,
                "");
    }
}
