package org.accordhie.audit.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.Accesses;
import org.accordhie.audit.Call;
import org.accordhie.audit.RestfulInteraction;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("the profiles of IHE BALP")
class BalpProfilesTest {

    private static final String IHE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String BASE = "https://accord.example/fhir";
    private static final String EVIDENCE =
            "{\"laws\":[\"Consent/law/_history/4\"],\"consents\":[\"Consent/anns/_history/2\"],\"decided\":[]}";

    private static final AuditEventWriter WRITER = new AuditEventWriter(BASE);
    private static final BalpViews VIEWS = new BalpViews(BASE);

    /** Changes to an event, each of which its profile must refuse. */
    private static final Map<String, Consumer<AuditEvent>> BREAKS = new LinkedHashMap<>();

    static {
        BREAKS.put("it failed", event -> event.setOutcome(AuditEventOutcome._8));
        BREAKS.put(
                "it was carried out by nobody knows what",
                event -> event.getSubtype().clear());
        BREAKS.put("it did something else", event -> event.setAction(other(event.getAction())));
        BREAKS.put("it is of another type", event -> event.setType(new Coding(Agents.DICOM, "110100", null)));
        BREAKS.put("the client has no network address", event -> client(event).setNetwork(null));
        BREAKS.put("nobody knows which client", event -> client(event).setWho(null));
        BREAKS.put("the exchange is not named", event -> event.getAgent().removeIf(BalpProfilesTest::isServer));
        BREAKS.put(
                "the user has a network address",
                event -> event.getAgent().stream()
                        .filter(agent -> agent.getWho().hasReference() && agent.getRequestor())
                        .forEach(agent -> agent.getNetwork().setAddress("10.0.0.1")));
        BREAKS.put("the patient is missing", event -> event.getEntity().removeIf(BalpProfilesTest::isPatient));
        BREAKS.put(
                "there is a second patient",
                event -> event.addEntity(patient(event).copy().setWhat(new Reference("Patient/bob"))));
        BREAKS.put("the patient has no role", event -> patient(event).setRole(null));
        BREAKS.put(
                "what was asked or touched is missing",
                event -> event.getEntity().removeIf(BalpProfilesTest::isSystemObject));
        BREAKS.put(
                "what was asked or touched is there twice",
                event -> event.addEntity(object(event).copy()));
        BREAKS.put("there is a token without a user", event -> holder(event).setRequestor(false));
        BREAKS.put("the token is missing", event -> holder(event).getPolicy().clear());
        BREAKS.put("there are two tokens", event -> holder(event).addPolicy("urn:other"));
        BREAKS.put(
                "the consent is missing",
                event -> event.getEntity()
                        .removeIf(entity -> entity.getType().getCode().equals("Consent")));
        BREAKS.put(
                "something is there that decided nothing",
                event -> event.addEntity()
                        .setType(new Coding("http://hl7.org/fhir/resource-types", "Observation", null))
                        .setWhat(new Reference("Observation/1")));
        BREAKS.put(
                "somebody else recorded it",
                event -> event.getSource().getObserver().getIdentifier().setValue("another"));
        BREAKS.put(
                "the organisation is missing",
                event -> event.getAgent()
                        .removeIf(agent ->
                                "Organization/clinic".equals(agent.getWho().getReference())));
    }

    private static final Set<String> OF_ALL = Set.of(
            "it failed",
            "it was carried out by nobody knows what",
            "it did something else",
            "it is of another type",
            "the client has no network address",
            "nobody knows which client",
            "the exchange is not named",
            "the user has a network address",
            "what was asked or touched is missing",
            "what was asked or touched is there twice");

    private static final Set<String> OF_A_PATIENT =
            Set.of("the patient is missing", "there is a second patient", "the patient has no role");

    private static final Map<RestfulInteraction, String> PATTERNS = Map.of(
            RestfulInteraction.READ, "Read",
            RestfulInteraction.VREAD, "Read",
            RestfulInteraction.SEARCH_TYPE, "Query",
            RestfulInteraction.SEARCH_SYSTEM, "Query",
            RestfulInteraction.CREATE, "Create",
            RestfulInteraction.UPDATE, "Update",
            RestfulInteraction.PATCH, "Update",
            RestfulInteraction.DELETE, "Delete");

    private static final Set<RestfulInteraction> EACH_PATTERN_ONCE = Set.of(
            RestfulInteraction.READ,
            RestfulInteraction.SEARCH_TYPE,
            RestfulInteraction.CREATE,
            RestfulInteraction.UPDATE,
            RestfulInteraction.DELETE);

    @ParameterizedTest
    @EnumSource
    void areMetByEveryEventThatClaimsThem(RestfulInteraction interaction) {
        for (var outcome : Outcome.values()) {
            for (var patients :
                    List.of(Set.<String>of(), Set.of("Patient/ann"), Set.of("Patient/ann", "Patient/bob"))) {
                for (var user : new String[] {"", "Practitioner/eve"}) {
                    var event = WRITER.write(access(interaction, outcome, patients, user));

                    assertThat(Balp.errors(json(event))).as(json(event)).isEmpty();
                    assertThat(claimed(event)
                                    .anyMatch(claim -> claim.endsWith(PATTERNS.getOrDefault(interaction, "?"))))
                            .isEqualTo(outcome == Outcome.SUCCESS && PATTERNS.containsKey(interaction));
                    assertThat(claimed(event).anyMatch(claim -> claim.startsWith(IHE + "Patient")))
                            .isEqualTo(outcome == Outcome.SUCCESS
                                    && PATTERNS.containsKey(interaction)
                                    && patients.size() == 1);
                }
            }
        }
    }

    /** Events that meet one profile, and what breaks it. */
    static Stream<Arguments> breaks() {
        var rows = new ArrayList<Arguments>();
        PATTERNS.forEach((interaction, pattern) -> {
            if (!EACH_PATTERN_ONCE.contains(interaction)) {
                return;
            }
            var one = WRITER.write(access(interaction, Outcome.SUCCESS, Set.of("Patient/ann"), "Practitioner/eve"));
            rows(rows, "Patient" + pattern, one, name -> OF_ALL.contains(name) || OF_A_PATIENT.contains(name));
            var none = WRITER.write(access(interaction, Outcome.SUCCESS, Set.of(), "Practitioner/eve"));
            rows(rows, pattern, none, OF_ALL::contains);
        });
        var read = access(RestfulInteraction.READ, Outcome.SUCCESS, Set.of("Patient/ann"), "Practitioner/eve");
        rows(
                rows,
                "OAUTHaccessTokenUse.Minimal",
                WRITER.write(read),
                Set.of("the token is missing", "there are two tokens", "the user has a network address")::contains);
        rows(
                rows,
                "OAUTHaccessTokenUse.Comprehensive",
                WRITER.write(read),
                Set.of("nobody knows which client", "the token is missing", "there is a token without a user")
                        ::contains);
        rows(
                rows,
                "AuthZconsent",
                VIEWS.decision(read).orElseThrow(),
                name -> (OF_A_PATIENT.contains(name)
                        || Set.of(
                                        "it was carried out by nobody knows what",
                                        "it did something else",
                                        "it is of another type",
                                        "the client has no network address",
                                        "the consent is missing",
                                        "something is there that decided nothing",
                                        "somebody else recorded it",
                                        "the organisation is missing")
                                .contains(name)));
        rows(
                rows,
                "PrivacyDisclosure.Source",
                VIEWS.disclosures(read).get(0),
                name -> OF_A_PATIENT.contains(name)
                        || Set.of(
                                        "it was carried out by nobody knows what",
                                        "it did something else",
                                        "it is of another type",
                                        "the client has no network address",
                                        "the exchange is not named",
                                        "somebody else recorded it")
                                .contains(name));
        return rows.stream();
    }

    private static void rows(List<Arguments> rows, String profile, AuditEvent event, Predicate<String> applies) {
        var alone = event.copy();
        alone.getMeta().setProfile(List.of(new CanonicalType(IHE + profile)));
        BREAKS.forEach((name, change) -> {
            if (applies.test(name)) {
                rows.add(Arguments.of(profile, name, alone, change));
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void refuseAnEventWhere(String profile, String what, AuditEvent event, Consumer<AuditEvent> change) {
        assertThat(Balp.errors(json(event))).as(json(event)).isEmpty();
        var changed = event.copy();

        change.accept(changed);

        assertThat(Balp.errors(json(changed)))
                .as(json(changed))
                .anyMatch(error -> error.contains(IHE + profile) || error.contains("val-audit-source"));
    }

    private static AccessRecord access(
            RestfulInteraction interaction, Outcome outcome, Set<String> patients, String user) {
        var access = Accesses.access(interaction, "Condition", user.isEmpty() ? null : user);
        return new AccessRecord(
                access.id(),
                access.at(),
                new Call(
                        UUID.fromString("00000000-0000-0000-0000-000000000002"),
                        access.call().address(),
                        interaction,
                        "Condition",
                        access.call().query()),
                outcome,
                outcome == Outcome.SUCCESS ? 0 : outcome == Outcome.REFUSED ? 404 : 500,
                access.requester(),
                patients,
                access.resources(),
                null,
                outcome == Outcome.SUCCESS ? EVIDENCE : "");
    }

    private static Stream<String> claimed(AuditEvent event) {
        return event.getMeta().getProfile().stream().map(CanonicalType::getValue);
    }

    private static AuditEventAction other(AuditEventAction action) {
        return action == AuditEventAction.C ? AuditEventAction.D : AuditEventAction.C;
    }

    private static AuditEventAgentComponent client(AuditEvent event) {
        return event.getAgent().stream()
                .filter(agent -> agent.getNetwork().getAddress() != null
                        && agent.getNetwork().getAddress().startsWith("10."))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isServer(AuditEventAgentComponent agent) {
        return BASE.equals(agent.getNetwork().getAddress());
    }

    /** Whose token it is. */
    private static AuditEventAgentComponent holder(AuditEvent event) {
        return event.getAgent().stream()
                .filter(AuditEventAgentComponent::getRequestor)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPatient(AuditEventEntityComponent entity) {
        return entity.getType().getCode().equals("1");
    }

    private static AuditEventEntityComponent patient(AuditEvent event) {
        return event.getEntity().stream()
                .filter(BalpProfilesTest::isPatient)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSystemObject(AuditEventEntityComponent entity) {
        return entity.getType().getCode().equals("2");
    }

    private static AuditEventEntityComponent object(AuditEvent event) {
        return event.getEntity().stream()
                .filter(BalpProfilesTest::isSystemObject)
                .findFirst()
                .orElseThrow();
    }

    private static String json(AuditEvent event) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(event);
    }
}
