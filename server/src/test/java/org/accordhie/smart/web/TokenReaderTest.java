package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.Partner;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.ResidualClaim;
import org.accordhie.smart.ScopeContext;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.PurposeOfUse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("from a verified token to who asks and why")
class TokenReaderTest {

    private static final String B2B = "hl7-b2b";
    private static final String IUA = "ihe_iua";

    private final TokenReader reader = new TokenReader(
            new ConfiguredPartners(List.of(
                    partner("clinic", PurposeOfUse.TREAT, PurposeOfUse.BTG, PurposeOfUse.ETREAT),
                    partner("app", PurposeOfUse.PATRQT),
                    partner("both", PurposeOfUse.TREAT, PurposeOfUse.PATRQT))),
            new LocalReferences(URI.create(Tokens.AUDIENCE)),
            false);

    static Stream<Arguments> purposes() {
        return Stream.of(
                row(Set.of(PurposeOfUse.TREAT), B2B, List.of("TREAT")),
                row(Set.of(PurposeOfUse.TREAT), B2B, "TREAT"),
                row(Set.of(PurposeOfUse.TREAT), B2B, List.of("urn:oid:2.16.840.1.113883.5.8#TREAT")),
                row(Set.of(PurposeOfUse.TREAT), B2B, List.of(PurposeOfUse.SYSTEM + "|TREAT")),
                row(Set.of(PurposeOfUse.TREAT), B2B, List.of("TREAT", "TREAT")),
                row(Set.of(PurposeOfUse.BTG), B2B, List.of("BTG")),
                row(Set.of(PurposeOfUse.BTG, PurposeOfUse.TREAT), B2B, List.of("TREAT", "BTG")),
                row(Set.of(PurposeOfUse.BTG, PurposeOfUse.ETREAT), B2B, List.of("BTG", "ETREAT")),
                row(Set.of(), B2B, List.of()),
                row(Set.of(PurposeOfUse.TREAT), IUA, List.of(coding(PurposeOfUse.SYSTEM, "TREAT"))),
                row(
                        Set.of(PurposeOfUse.BTG, PurposeOfUse.TREAT),
                        IUA,
                        List.of(coding(PurposeOfUse.SYSTEM, "BTG"), coding(PurposeOfUse.OID, "TREAT"))));
    }

    private static Map<String, Object> residual(Object patient, List<?> rules) {
        return Map.of("extensions", Map.of("ihe_pcf", Map.of("patient_id", patient, "residual", rules)));
    }

    @Test
    void theResidualIsHandedOnAsItStands() {
        var forbid = Map.of("type", "forbid");

        assertThat(read(residual("Patient/1", List.of(forbid))).residual())
                .isEqualTo(new ResidualClaim("Patient/1", List.of(forbid)));
        assertThat(read(residual(Map.of("reference", "Patient/1"), List.of(forbid)))
                        .residual())
                .isEqualTo(new ResidualClaim("Patient/1", List.of(forbid)));
        assertThat(read(residual("Patient/1", List.of())).residual()).isNull();
    }

    private static Map<String, Object> emergency(String purpose, Map<String, String> declared) {
        return Map.of(
                "extensions", Map.of(B2B, Map.of("purpose_of_use", List.of(purpose)), "accord_break_glass", declared));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("purposes")
    void readsThePurposeOfUse(Set<PurposeOfUse> purposes, String extension, Object claim) {
        var grant = read(Map.of("extensions", Map.of(extension, Map.of("purpose_of_use", claim))));

        assertThat(grant.requester().purposes()).isEqualTo(purposes);
    }

    @Test
    void bothExtensionsMayAgree() {
        var grant = read(Map.of(
                "extensions",
                Map.of(
                        B2B, Map.of("purpose_of_use", List.of("TREAT")),
                        IUA, Map.of("purpose_of_use", List.of(coding(PurposeOfUse.SYSTEM, "TREAT"))))));

        assertThat(grant.requester().purposes()).containsExactly(PurposeOfUse.TREAT);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                claims("unknown client", Map.of("client_id", "nobody")),
                claims("client of another case", Map.of("client_id", "Clinic")),
                claims("client that is a list", Map.of("client_id", List.of("clinic"))),
                claims("purpose the client may not assert", b2b(List.of("HRESCH"))),
                claims("purpose below one it may assert", b2b(List.of("CAREMGT"))),
                claims("unknown purpose", b2b(List.of("CURIOSITY"))),
                claims("purpose in another case", b2b(List.of("treat"))),
                claims("purpose of another system", b2b(List.of("urn:oid:1.2.3#TREAT"))),
                claims("empty purpose", b2b(List.of(""))),
                claims("purpose that is a number", b2b(List.of(1))),
                claims("purpose that is a coding in hl7-b2b", b2b(List.of(coding(PurposeOfUse.SYSTEM, "TREAT")))),
                claims("two purposes", b2b(List.of("TREAT", "ETREAT"))),
                claims("three purposes", b2b(List.of("TREAT", "ETREAT", "BTG"))),
                claims("purpose that is a string in ihe_iua", iua(List.of("TREAT"))),
                claims("coding without a system", iua(List.of(Map.of("code", "TREAT")))),
                claims("coding without a code", iua(List.of(Map.of("system", PurposeOfUse.SYSTEM)))),
                claims("coding of another system", iua(List.of(coding("http://example.org", "TREAT")))),
                claims("extensions that disagree", both(List.of("TREAT"), List.of(coding(PurposeOfUse.SYSTEM, "BTG")))),
                claims("extensions of which one says nothing", both(List.of("TREAT"), List.of())),
                claims("extensions that are a string", Map.of("extensions", "TREAT")),
                claims(
                        "residual of nobody",
                        Map.of("extensions", Map.of("ihe_pcf", Map.of("residual", List.of(Map.of("type", "forbid")))))),
                claims(
                        "residual of somebody elsewhere",
                        residual("https://elsewhere.example/Patient/1", List.of(Map.of("type", "forbid")))),
                claims("residual of words", residual("Patient/1", List.of("forbid"))),
                claims(
                        "emergency without its purpose",
                        emergency("TREAT", Map.of("patient", "Patient/1", "reason", "x"))),
                claims("emergency without a patient", emergency("BTG", Map.of("reason", "unconscious"))),
                claims("emergency without a reason", emergency("BTG", Map.of("patient", "Patient/1"))),
                claims(
                        "emergency with an empty reason",
                        emergency("BTG", Map.of("patient", "Patient/1", "reason", " "))),
                claims(
                        "emergency of somebody elsewhere",
                        emergency("BTG", Map.of("patient", "https://elsewhere.example/Patient/1", "reason", "x"))),
                claims("hl7-b2b that is a list", Map.of("extensions", Map.of(B2B, List.of("TREAT")))),
                claims("another organization", organization("Organization/other")),
                claims("organization elsewhere", organization("https://elsewhere.example/fhir/Organization/clinic")),
                claims("organization that is a number", organization(7)),
                claims("user elsewhere", Map.of("fhirUser", "https://elsewhere.example/fhir/Practitioner/1")),
                claims("user of no user's type", Map.of("fhirUser", "Observation/1")),
                claims("user that is a version", Map.of("fhirUser", "Practitioner/1/_history/2")),
                claims("patient that is a path", Map.of("patient", "../Patient/1")),
                claims("patient that is a practitioner", Map.of("patient", "Practitioner/1")),
                claims("patient that is a number", Map.of("patient", 1)),
                claims("no scope", Map.of("scope", "")),
                claims("no FHIR scope", Map.of("scope", "openid launch/patient")),
                claims("malformed scopes", Map.of("scope", "patient/Patient.sr system/*.x")),
                claims("no purpose, for clinical data", Map.of("scope", "system/Observation.rs user/Patient.s")),
                claims("scope that is an object", Map.of("scope", Map.of("system/*.rs", true))),
                claims("granular scope of no search parameter", Map.of("scope", "system/Observation.rs?mood=a")),
                claims("patient scope without a patient", Map.of("scope", "patient/*.rs")),
                claims("user scope without a user", Map.of("scope", "user/*.rs")),
                claims(
                        "user who is one patient, about another",
                        Map.of("scope", "user/*.rs", "fhirUser", "Patient/1", "patient", "2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String title, Map<String, Object> claims) {
        assertThatThrownBy(() -> read(claims)).as(title).isInstanceOf(RequesterRefused.class);
    }

    @Test
    void readsTheClinic() {
        var grant = read(Map.of(
                "jti",
                "t1",
                "fhirUser",
                Tokens.AUDIENCE + "/Practitioner/7",
                "extensions",
                Map.of(B2B, Map.of("organization_id", Tokens.AUDIENCE + "/Organization/of-clinic"))));

        var requester = grant.requester();
        assertThat(requester.clientId()).isEqualTo("clinic");
        assertThat(requester.tokenId()).isEqualTo("t1");
        assertThat(requester.organization()).isEqualTo("Organization/of-clinic");
        assertThat(requester.organizations()).containsExactlyInAnyOrder("Organization/of-clinic", "Organization/all");
        assertThat(requester.user()).isEqualTo("Practitioner/7");
        assertThat(requester.patient()).isNull();
        assertThat(requester.roles()).containsExactly(ExchangeRole.SOURCE);
        assertThat(requester.purposes()).isEmpty();
        assertThat(grant.launch().patient()).isNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("who does not say why reads the directory, and nothing about a patient")
    @CsvSource({
        "Organization, true",
        "Practitioner, true",
        "PractitionerRole, true",
        "Location, true",
        "Medication, true",
        "CodeSystem, true",
        "ValueSet, true",
        "Patient, false",
        "Observation, false",
        "Consent, false",
        "AuditEvent, false",
        "CareTeam, false",
        "Device, false"
    })
    void withoutAPurposeOnlyTheDirectoryIsOpen(String type, boolean open) {
        var unsaid = read(Map.of());
        var said = read(b2b(List.of("TREAT")));

        assertThat(unsaid.scopes().permits(Interaction.SEARCH_TYPE, type)).isEqualTo(open);
        assertThat(unsaid.scopes().permits(Interaction.CREATE, type)).isFalse();
        assertThat(unsaid.scopes().permitsSystem(Interaction.SEARCH_SYSTEM, List.of()))
                .isFalse();
        assertThat(said.scopes().permits(Interaction.SEARCH_TYPE, type)).isTrue();
    }

    @Test
    void thePatientsOwnAppNeedNotSayThatItsPatientAsks() {
        var grant = read(Map.of("client_id", "app", "scope", "patient/*.rs", "patient", "1"));

        assertThat(grant.scopes().permits(Interaction.SEARCH_TYPE, "Observation"))
                .isTrue();
    }

    @Test
    void scopesAreNarrowedToWhatTheRegistryAllows() {
        var narrow = new Partner(
                "narrow",
                "Organization/narrow",
                Set.of(),
                Set.of(PurposeOfUse.TREAT),
                Set.of(),
                GrantedScopes.parse(List.of("system/Observation.rs", "user/Patient.r")));
        var registry = new RegisteredPartnersOf(narrow);
        var narrowly = new TokenReader(registry, new LocalReferences(URI.create(Tokens.AUDIENCE)), false);
        var claims = new HashMap<String, Object>(b2b(List.of("TREAT")));
        claims.putAll(Map.of("client_id", "narrow", "scope", "system/*.cruds"));

        var grant = narrowly.read(token(claims));

        assertThat(grant.scopes().permits(Interaction.SEARCH_TYPE, "Observation"))
                .isTrue();
        assertThat(grant.scopes().permits(Interaction.UPDATE, "Observation")).isFalse();
        assertThat(grant.scopes().permits(Interaction.READ, "Patient")).isFalse();
        claims.put("scope", "system/Patient.r");
        assertThatThrownBy(() -> narrowly.read(token(claims))).isInstanceOf(RequesterRefused.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("where a user is required, an emergency is declared by a practitioner")
    @CsvSource({"Practitioner/1, true", "PractitionerRole/1, true", "Patient/1, false", ", false"})
    void anEmergencyIsDeclaredByAPerson(String user, boolean accepted) {
        var partner = partner("clinic", PurposeOfUse.BTG);
        var strict = new TokenReader(
                new ConfiguredPartners(List.of(partner)), new LocalReferences(URI.create(Tokens.AUDIENCE)), true);
        var claims = new HashMap<String, Object>(Map.of("client_id", "clinic", "scope", "system/*.rs"));
        claims.put(
                "extensions",
                Map.of(
                        B2B,
                        Map.of("purpose_of_use", List.of("BTG")),
                        "accord_break_glass",
                        Map.of("patient", "Patient/1", "reason", "unconscious")));
        if (user != null) {
            claims.put("fhirUser", user);
        }

        if (accepted) {
            assertThat(strict.read(token(claims)).breakGlass()).isNotNull();
        } else {
            assertThatThrownBy(() -> strict.read(token(claims))).isInstanceOf(RequesterRefused.class);
        }
    }

    @Test
    void aChangeOfTheRegistryIsFeltByATokenThatHasBeenReadBefore() {
        var registered = new ArrayList<Partner>();
        registered.add(new Partner(
                "clinic",
                "Organization/clinic",
                Set.of(),
                Set.of(PurposeOfUse.TREAT),
                Set.of(),
                GrantedScopes.parse(List.of("system/*.cruds"))));
        var reader = new TokenReader(new Changing(registered), new LocalReferences(URI.create(Tokens.AUDIENCE)), false);
        var claims = new HashMap<String, Object>(b2b(List.of("TREAT")));
        claims.putAll(Map.of("client_id", "clinic", "scope", "system/*.rs"));
        var token = token(claims);
        var first = reader.read(token);
        assertThat(reader.read(token)).isEqualTo(first);

        registered.set(
                0,
                new Partner(
                        "clinic",
                        "Organization/clinic",
                        Set.of("Organization/above"),
                        Set.of(PurposeOfUse.TREAT),
                        Set.of(),
                        GrantedScopes.parse(List.of("system/Patient.r"))));
        var narrowed = reader.read(token);

        assertThat(narrowed.scopes().permits(Interaction.READ, "Observation")).isFalse();
        assertThat(narrowed.requester().organizations()).contains("Organization/above");
        registered.clear();
        assertThatThrownBy(() -> reader.read(token)).isInstanceOf(RequesterRefused.class);
    }

    private record Changing(List<Partner> registered) implements PartnerRegistry {

        @Override
        public Optional<Partner> find(String clientId) {
            return registered.stream().findFirst();
        }

        @Override
        public List<Partner> all() {
            return List.copyOf(registered);
        }
    }

    private record RegisteredPartnersOf(Partner partner) implements PartnerRegistry {

        @Override
        public Optional<Partner> find(String clientId) {
            return Optional.of(partner);
        }

        @Override
        public List<Partner> all() {
            return List.of(partner);
        }
    }

    @Test
    @DisplayName("T5: the scopes are words of one string, or of the strings of an array")
    void readsScopesInAnArray() {
        assertThat(read(Map.of("scope", List.of("system/Location.r", "system/Location.s")))
                        .scopes()
                        .permits(Interaction.SEARCH_TYPE, "Location"))
                .isTrue();
    }

    static Stream<Arguments> apps() {
        return Stream.of(
                Arguments.of("app", Map.of(), true),
                Arguments.of("app", Map.of("fhirUser", "Patient/1"), true),
                Arguments.of("app", b2b(List.of("PATRQT")), true),
                Arguments.of("app", Map.of("scope", "user/*.rs", "fhirUser", "Patient/1"), true),
                Arguments.of("both", Map.of(), false),
                Arguments.of("both", b2b(List.of("PATRQT")), true),
                Arguments.of("both", b2b(List.of("TREAT")), false),
                Arguments.of("clinic", Map.of(), false),
                Arguments.of("app", Map.of("fhirUser", "Patient/2"), false),
                Arguments.of("app", Map.of("fhirUser", "Practitioner/1"), false),
                Arguments.of("app", Map.of("scope", "patient/*.rs system/*.rs"), false));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @DisplayName("the patient's own app is known by its registration, its scopes and its user")
    @MethodSource("apps")
    void knowsThePatientsOwnApp(String client, Map<String, Object> more, boolean own) {
        var claims = new HashMap<String, Object>(Map.of("scope", "patient/*.rs", "patient", "1", "client_id", client));
        claims.putAll(more);

        var grant = read(claims);

        assertThat(grant.requester().patient()).isEqualTo(own ? "Patient/1" : null);
        assertThat(grant.launch().patient()).isEqualTo("Patient/1");
    }

    @Test
    @DisplayName("C1: patient scopes without a patient are lost, the others stay")
    void losesPatientScopesWithoutAPatient() {
        var claims = new HashMap<String, Object>(b2b(List.of("TREAT")));
        claims.put("scope", "patient/*.cruds system/Patient.r");
        var grant = read(claims);

        assertThat(grant.scopes().contextsFor(Interaction.READ, "Patient")).containsExactly(ScopeContext.SYSTEM);
        assertThat(grant.scopes().permits(Interaction.UPDATE, "Patient")).isFalse();
    }

    private AccessGrant read(Map<String, Object> more) {
        var claims = new HashMap<String, Object>(Map.of("client_id", "clinic", "scope", "system/*.rs"));
        claims.putAll(more);
        return reader.read(token(claims));
    }

    private static VerifiedToken token(Map<String, Object> claims) {
        return new VerifiedToken(claims, Instant.EPOCH.plusSeconds(1), null);
    }

    private static AccordProperties.Partner partner(String client, PurposeOfUse... purposes) {
        return new AccordProperties.Partner(
                client,
                "Organization/of-" + client,
                Set.of("Organization/all"),
                Set.of(purposes),
                Set.of(ExchangeRole.SOURCE));
    }

    private static Arguments row(Set<PurposeOfUse> purposes, String extension, Object claim) {
        return Arguments.of(purposes, extension, claim);
    }

    private static Arguments claims(String title, Map<String, Object> claims) {
        return Arguments.of(title, claims);
    }

    private static Map<String, Object> b2b(List<?> purposes) {
        return Map.of("extensions", Map.of(B2B, Map.of("purpose_of_use", purposes)));
    }

    private static Map<String, Object> iua(List<?> purposes) {
        return Map.of("extensions", Map.of(IUA, Map.of("purpose_of_use", purposes)));
    }

    private static Map<String, Object> both(List<?> b2b, List<?> iua) {
        return Map.of("extensions", Map.of(B2B, Map.of("purpose_of_use", b2b), IUA, Map.of("purpose_of_use", iua)));
    }

    private static Map<String, Object> organization(Object id) {
        return Map.of("extensions", Map.of(B2B, Map.of("organization_id", id)));
    }

    private static Map<String, String> coding(String system, String code) {
        return Map.of("system", system, "code", code);
    }
}
