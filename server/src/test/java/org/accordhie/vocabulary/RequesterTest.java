package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a requester")
class RequesterTest {

    private static Requester requester(@Nullable String user) {
        return new Requester(
                "app",
                "",
                "Organization/ward",
                Set.of("Organization/ward", "Organization/hospital"),
                user,
                null,
                Set.of(),
                Set.of(ExchangeRole.PRIVACY_OFFICER),
                Set.of(PurposeOfUse.TREAT));
    }

    @Test
    void hasTheMembershipsOfItsOrganisationsAndItsUser() {
        assertThat(requester("Practitioner/kim").members())
                .containsExactlyInAnyOrder("Organization/ward", "Organization/hospital", "Practitioner/kim");
        assertThat(requester(null).members()).containsExactlyInAnyOrder("Organization/ward", "Organization/hospital");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Organization/ward, true",
        "Organization/hospital, true",
        "Organization/other, false",
        "Practitioner/kim, true",
        "Practitioner/lee, false",
        "CareTeam/a, true",
        "CareTeam/b, false",
        "Device/app, true",
        "Device/app2, false",
        "Device/ap, false",
        "Device/xyz, false",
        "Patient/app, false"
    })
    void isNamedByWhatItIs(String actor, boolean named) {
        assertThat(requester("Practitioner/kim").with(Set.of("CareTeam/a")).isNamedBy(actor))
                .isEqualTo(named);
    }

    @Test
    void staysWhoItIsWithOtherMembershipsAndPurposes() {
        var kim = requester("Practitioner/kim");

        assertThat(kim.with(Set.of("CareTeam/a")).with(Set.of())).isEqualTo(kim);
        assertThat(kim.asking(Set.of(PurposeOfUse.HPAYMT)).purposes()).containsExactly(PurposeOfUse.HPAYMT);
        assertThat(kim.asking(Set.of(PurposeOfUse.HPAYMT)).asking(kim.purposes()))
                .isEqualTo(kim);
        assertThat(kim.is(ExchangeRole.PRIVACY_OFFICER)).isTrue();
        assertThat(kim.is(ExchangeRole.SOURCE)).isFalse();
    }
}
