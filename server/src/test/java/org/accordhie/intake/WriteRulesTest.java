package org.accordhie.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.ExchangeRole;
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

    private static Requester requester(@Nullable String roles) {
        Set<ExchangeRole> given = roles == null
                ? Set.of()
                : Arrays.stream(roles.split(" ")).map(ExchangeRole::valueOf).collect(Collectors.toSet());
        return new Requester(
                "app",
                "",
                "Organization/a",
                Set.of("Organization/a"),
                null,
                null,
                Set.of(),
                given,
                Set.of(PurposeOfUse.TREAT));
    }
}
