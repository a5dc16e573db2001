package org.accordhie.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.LaunchContext;
import org.accordhie.smart.ResidualClaim;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportRightTest {

    private static final List<String> SERVED = List.of("Observation", "Patient", "Practitioner");

    @Test
    void isGivenByTheTokenOfASystem() {
        assertThat(ExportRight.isGivenBy(grant("system/*.rs", null, null, null, null)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/*.cruds", "patient/*.rs", "system/*.rs user/Patient.r", "openid"})
    void isNotGivenByOtherContexts(String scopes) {
        assertThat(ExportRight.isGivenBy(grant(scopes, null, null, null, null))).isFalse();
    }

    @Test
    void isNotGivenToPeopleInEmergenciesOrUnderAResidual() {
        var glass = new BreakGlass("Patient/a", "unconscious");

        assertThat(ExportRight.isGivenBy(grant("system/*.rs", "Practitioner/a", null, null, null)))
                .isFalse();
        assertThat(ExportRight.isGivenBy(grant("system/*.rs", null, "Patient/a", null, null)))
                .isFalse();
        assertThat(ExportRight.isGivenBy(grant("system/*.rs", null, null, glass, null)))
                .isFalse();
        assertThat(ExportRight.isGivenBy(grant("system/*.rs", null, null, null, RESIDUAL)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SYSTEM  | system/*.rs                                   | Observation Patient Practitioner
            PATIENT | system/*.rs                                   | Observation Patient
            SYSTEM  | system/Patient.rs system/Observation.r        | Patient
            SYSTEM  | system/Patient.read                           | Patient
            SYSTEM  | system/Observation.rs?category=laboratory     | Observation
            PATIENT | system/Practitioner.rs                        | ''
            SYSTEM  | system/Patient.cud                            | ''
            """)
    void isForTheTypesThatTheScopesGrantWhereNoneIsNamed(ExportLevel level, String scopes, String types) {
        var request = new ExportRequest(level, Set.of(), null);

        assertThat(String.join(" ", ExportRight.types(request, scopes(scopes), SERVED)))
                .isEqualTo(types);
    }

    @Test
    void isForTheTypesThatAreNamedSoThatTheScopesCanRefuseThem() {
        var request = new ExportRequest(ExportLevel.SYSTEM, Set.of("Patient", "Observation"), null);

        assertThat(ExportRight.types(request, scopes("system/Patient.rs"), SERVED))
                .containsExactly("Observation", "Patient");
    }

    private static final ResidualClaim RESIDUAL = new ResidualClaim("Patient/a", List.of());

    private static AccessGrant grant(
            String scopes,
            @Nullable String user,
            @Nullable String patient,
            @Nullable BreakGlass glass,
            @Nullable ResidualClaim residual) {
        var requester = new Requester(
                "client",
                "",
                "Organization/a",
                Set.of("Organization/a"),
                user,
                patient,
                Set.of(),
                Set.of(),
                Set.of(PurposeOfUse.TREAT));
        return new AccessGrant(requester, scopes(scopes), LaunchContext.NONE, glass, residual);
    }

    private static GrantedScopes scopes(String text) {
        return GrantedScopes.parse(List.of(text.split(" ")));
    }
}
