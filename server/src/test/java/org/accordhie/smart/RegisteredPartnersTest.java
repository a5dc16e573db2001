package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the partners that officers have registered")
class RegisteredPartnersTest {

    @Test
    void aClientIsItsOrganizationsWithWhatItIsGranted() {
        var grant = new ClientGrant(
                "clinic",
                List.of("system/Observation.rs"),
                Set.of(PurposeOfUse.TREAT),
                Set.of(ExchangeRole.SOURCE),
                false);
        var partners = partners(new RegisteredOrganization("Organization/clinic", true, null, List.of(grant)));

        var clinic = partners.find("clinic").orElseThrow();
        assertThat(clinic.organization()).isEqualTo("Organization/clinic");
        assertThat(clinic.partOf()).isEmpty();
        assertThat(clinic.purposes()).containsExactly(PurposeOfUse.TREAT);
        assertThat(clinic.roles()).containsExactly(ExchangeRole.SOURCE);
        assertThat(clinic.scopes().permits(Interaction.READ, "Observation")).isTrue();
        assertThat(clinic.scopes().permits(Interaction.READ, "Patient")).isFalse();
        assertThat(partners.all()).containsExactly(clinic);
        assertThat(partners.find("Clinic")).isEmpty();
    }

    @Test
    void aSuspendedClientIsNobodysAndTheOthersStay() {
        var partners = partners(new RegisteredOrganization(
                "Organization/clinic", true, null, List.of(client("desk", true), client("app", false))));

        assertThat(partners.find("desk")).isEmpty();
        assertThat(partners.all()).extracting(Partner::clientId).containsExactly("app");
    }

    @Test
    void anInactiveOrganizationSuspendsAllItsClients() {
        var partners = partners(
                new RegisteredOrganization("Organization/clinic", false, null, List.of(client("desk", false))),
                organization("lab", "Organization/clinic"));

        assertThat(partners.find("desk")).isEmpty();
        assertThat(partners.find("lab").orElseThrow().partOf()).containsExactly("Organization/clinic");
    }

    @Test
    void thoseAboveAreFoundToAnyHeight() {
        var partners = partners(
                organization("ward", "Organization/clinic"),
                organization("clinic", "Organization/network"),
                new RegisteredOrganization("Organization/network", true, "Organization/settings", List.of()));

        assertThat(partners.find("ward").orElseThrow().partOf())
                .containsExactlyInAnyOrder(
                        "Organization/clinic", "Organization/network", "Organization/settings", "Organization/top");
        assertThat(partners.all()).hasSize(2);
    }

    @Test
    void aCircleEnds() {
        var partners = partners(organization("a", "Organization/b"), organization("b", "Organization/a"));

        assertThat(partners.find("a").orElseThrow().partOf()).containsExactly("Organization/b");
        assertThat(partners.find("b").orElseThrow().partOf()).containsExactly("Organization/a");
    }

    private static RegisteredPartners partners(RegisteredOrganization... organizations) {
        var configured = new Partner(
                "settings",
                "Organization/settings",
                Set.of("Organization/top"),
                Set.of(),
                Set.of(),
                GrantedScopes.EVERYTHING);
        return new RegisteredPartners(List.of(organizations), List.of(configured));
    }

    private static RegisteredOrganization organization(String name, @Nullable String partOf) {
        return new RegisteredOrganization("Organization/" + name, true, partOf, List.of(client(name, false)));
    }

    private static ClientGrant client(String id, boolean suspended) {
        return new ClientGrant(id, List.of("system/*.rs"), Set.of(), Set.of(), suspended);
    }
}
