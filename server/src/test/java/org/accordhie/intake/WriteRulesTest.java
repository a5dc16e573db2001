package org.accordhie.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("who may write")
class WriteRulesTest {

    @ParameterizedTest(name = "{0} writes {1}: {2}")
    @CsvSource(nullValues = "nobody", textBlock = """
            SOURCE,                 Observation, true
            SOURCE,                 Patient,     true
            SOURCE,                 Consent,     false
            SOURCE,                 AuditEvent,  false
            SOURCE,                 CodeSystem,  false
            SOURCE,                 ValueSet,    false
            SOURCE,                 Organization, true
            PRIVACY_OFFICER,        Organization, true
            PRIVACY_OFFICER,        Location,    false
            nobody,                 Organization, false
            PRIVACY_OFFICER,        Consent,     true
            PRIVACY_OFFICER,        CodeSystem,  true
            PRIVACY_OFFICER,        ValueSet,    true
            PRIVACY_OFFICER,        Observation, false
            PRIVACY_OFFICER,        AuditEvent,  false
            SOURCE PRIVACY_OFFICER, Consent,     true
            SOURCE PRIVACY_OFFICER, Observation, true
            SOURCE PRIVACY_OFFICER, AuditEvent,  false
            nobody,                 Observation, false
            nobody,                 Consent,     false
            """)
    void writes(@Nullable String roles, String type, boolean permitted) {
        assertThat(WriteRules.permit(requester(roles), type)).isEqualTo(permitted);
    }

    @ParameterizedTest(name = "the app of ann: {0} a consent of {1}: {2}")
    @CsvSource(nullValues = "nobody", textBlock = """
            CREATE, Patient/ann,             true
            UPDATE, Patient/ann,             true
            PATCH,  Patient/ann,             true
            DELETE, Patient/ann,             false
            CREATE, Patient/bob,             false
            UPDATE, Patient/ann Patient/bob, false
            CREATE, nobody,                  false
            """)
    void writesOfTheOwnPatientAlone(Interaction interaction, @Nullable String patients, boolean permitted) {
        Set<String> named = patients == null ? Set.of() : Set.of(patients.split(" "));

        assertThat(WriteRules.permit(requester(null, "Patient/ann"), "Consent")).isTrue();
        assertThat(WriteRules.permit(requester(null, "Patient/ann"), "Observation"))
                .isFalse();
        assertThat(WriteRules.permitConsent(requester(null, "Patient/ann"), interaction, named))
                .isEqualTo(permitted);
        assertThat(WriteRules.permitConsent(requester("SOURCE"), interaction, named))
                .isFalse();
        assertThat(WriteRules.permitConsent(requester("PRIVACY_OFFICER"), interaction, named))
                .isTrue();
    }

    private static Requester requester(@Nullable String roles) {
        return requester(roles, null);
    }

    private static Requester requester(@Nullable String roles, @Nullable String patient) {
        Set<ExchangeRole> given = roles == null
                ? Set.of()
                : Arrays.stream(roles.split(" ")).map(ExchangeRole::valueOf).collect(Collectors.toSet());
        return new Requester(
                "app",
                "",
                "Organization/a",
                Set.of("Organization/a"),
                null,
                patient,
                Set.of(),
                given,
                Set.of(PurposeOfUse.TREAT));
    }
}
