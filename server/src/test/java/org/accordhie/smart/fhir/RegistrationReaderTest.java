package org.accordhie.smart.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import org.accordhie.smart.RegisteredOrganization;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("an Organization read as a partner")
class RegistrationReaderTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void readsAClinicWithTwoClients() {
        var clinic = read("\"active\":true,\"partOf\":{\"reference\":\"Organization/network\"},\"extension\":["
                + grant("""
                        {"url":"clientId","valueString":"clinic"},{"url":"scope","valueString":"system/*.rs"},
                        {"url":"scope","valueString":"user/Observation.rs?category=laboratory"},
                        {"url":"purpose","valueCode":"TREAT"},{"url":"purpose","valueCode":"BTG"},
                        {"url":"role","valueCode":"SOURCE"},{"url":"breakGlass","valueBoolean":true}""")
                + ",{\"url\":\"urn:other\",\"valueString\":\"x\"},"
                + grant("""
                        {"url":"clientId","valueString":"https://apps.example|desk"},
                        {"url":"scope","valueString":"system/*.r"},{"url":"suspended","valueBoolean":true}""") + "]");

        assertThat(clinic.address()).isEqualTo("Organization/clinic");
        assertThat(clinic.active()).isTrue();
        assertThat(clinic.partOf()).isEqualTo("Organization/network");
        assertThat(clinic.clients()).hasSize(2);
        var first = clinic.clients().get(0);
        assertThat(first.clientId()).isEqualTo("clinic");
        assertThat(first.scopes()).containsExactly("system/*.rs", "user/Observation.rs?category=laboratory");
        assertThat(first.purposes()).containsExactlyInAnyOrder(PurposeOfUse.TREAT, PurposeOfUse.BTG);
        assertThat(first.roles()).containsExactly(ExchangeRole.SOURCE);
        assertThat(first.suspended()).isFalse();
        assertThat(clinic.clients().get(1).suspended()).isTrue();
    }

    @Test
    void anOrganizationWithoutGrantsHasNoClients() {
        assertThat(read("\"name\":\"a network\""))
                .isEqualTo(new RegisteredOrganization("Organization/clinic", true, null, List.of()));
        assertThat(read("\"active\":false").active()).isFalse();
        assertThat(RegistrationReader.holdsGrant(organization("\"name\":\"x\"")))
                .isFalse();
    }

    @ParameterizedTest(name = "{1} at {0}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            Organization.extension[0].extension[2]; {"url":"purpose","valueCode":"CURIOSITY"}
            Organization.extension[0].extension[2]; {"url":"purpose","valueString":"TREAT"}
            Organization.extension[0].extension[2]; {"url":"scope","valueString":"system/Foo.rs"}
            Organization.extension[0].extension[2]; {"url":"scope","valueString":"system/*.sr"}
            Organization.extension[0].extension[2]; {"url":"scope","valueString":"system/*.rs user/*.rs"}
            Organization.extension[0].extension[2]; {"url":"scope","valueString":"launch/patient"}
            Organization.extension[0].extension[2]; {"url":"role","valueCode":"ADMIN"}
            Organization.extension[0].extension[2]; {"url":"breakGlass","valueString":"true"}
            Organization.extension[0].extension[2]; {"url":"suspended","valueCode":"yes"}
            Organization.extension[0].extension[2]; {"url":"clientId","valueString":"another"}
            Organization.extension[0].extension[2]; {"url":"clientId","valueString":"clinic"}
            Organization.extension[0].extension[2]; {"url":"clientId","valueString":"a b"}
            Organization.extension[0].extension[2]; {"url":"until","valueDate":"2027-01-01"}
            Organization.extension[0];              {"url":"purpose","valueCode":"BTG"}
            Organization.extension[0];              {"url":"purpose","valueCode":"ETREAT"},{"url":"breakGlass","valueBoolean":false}
            """)
    void refusesWithThePlace(String place, String parts) {
        assertRefused(place, "\"extension\":[" + grant(CLINIC + "," + parts) + "]");
    }

    private static final String CLINIC = """
            {"url":"clientId","valueString":"clinic"},{"url":"scope","valueString":"system/*.rs"}""";

    @Test
    void refusesWhatIsMissingOrElsewhere() {
        assertRefused(
                "Organization.extension[0]",
                "\"extension\":[" + grant("{\"url\":\"scope\",\"valueString\":\"system/*.rs\"}") + "]");
        assertRefused(
                "Organization.extension[0]",
                "\"extension\":[" + grant("{\"url\":\"clientId\",\"valueString\":\"clinic\"}") + "]");
        assertRefused("Organization.modifierExtension", "\"modifierExtension\":[" + grant(CLINIC) + "]");
        assertRefused("Organization.partOf", "\"partOf\":{\"display\":\"the network\"}");
        assertRefused("Organization.partOf", "\"partOf\":{\"reference\":\"https://elsewhere.example/Organization/1\"}");
        assertRefused(
                "Organization.extension[1].extension[0]",
                "\"extension\":[" + grant(CLINIC) + "," + grant(CLINIC) + "]");
        assertRefused(
                "Organization.extension[0].extension[0]",
                "\"extension\":[" + grant(CLINIC.replace("\"clinic\"", "\"taken\"")) + "]");
    }

    private static void assertRefused(String place, String members) {
        assertThat(RegistrationReader.holdsGrant(organization(members))).isEqualTo(members.contains("xtension\":["));
        assertThatThrownBy(() -> read(members))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome())
                                        .getIssueFirstRep()
                                        .getExpression()
                                        .get(0)
                                        .getValue())
                                .isEqualTo(place));
    }

    private static String grant(String parts) {
        return "{\"url\":\"" + RegistrationReader.CLIENT_GRANT + "\",\"extension\":[" + parts + "]}";
    }

    private static RegisteredOrganization read(String members) {
        return RegistrationReader.read(
                organization(members), client -> client.equals("taken") ? Optional.of("is taken") : Optional.empty());
    }

    private static Organization organization(String members) {
        return FHIR.newJsonParser()
                .parseResource(
                        Organization.class, "{\"resourceType\":\"Organization\",\"id\":\"clinic\"," + members + "}");
    }
}
