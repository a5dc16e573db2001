package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.accordhie.audit.TrailQuery.Condition;
import org.accordhie.audit.TrailQuery.Element;
import org.accordhie.audit.TrailReach.Extent;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.LaunchContext;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("who may read which record of the trail")
class TrailReachTest {

    private static final String ANN = "Patient/ann";

    private static final AccessRecord OF_ANN = Accesses.about(ANN);
    private static final AccessRecord OF_ANN_AND_BOB = Accesses.about(ANN, "Patient/bob");
    private static final AccessRecord OF_BOB = Accesses.about("Patient/bob");
    private static final AccessRecord OF_NOBODY = Accesses.about();

    @ParameterizedTest(name = "{0} with {1}, {2} in context: {3}")
    @CsvSource(nullValues = "nobody", textBlock = """
            officer,     user/AuditEvent.rs,                       nobody,      WHOLE
            officer,     system/*.rs,                              nobody,      WHOLE
            officer,     user/*.cruds,                             Patient/ann, WHOLE
            officer,     patient/AuditEvent.rs,                    Patient/ann, ABOUT
            officer,     patient/AuditEvent.rs,                    nobody,      NOTHING
            officer,     patient/AuditEvent.rs user/AuditEvent.s,  Patient/ann, WHOLE
            officer,     patient/AuditEvent.s user/AuditEvent.r,   Patient/ann, ABOUT
            officer,     user/AuditEvent.r,                        nobody,      NOTHING
            officer,     user/Consent.rs,                          nobody,      NOTHING
            partner,     system/*.cruds,                           nobody,      NOTHING
            partner,     patient/*.cruds,                          Patient/ann, NOTHING
            app,         patient/AuditEvent.rs,                    Patient/ann, ALONE
            app,         patient/*.cruds,                          Patient/ann, ALONE
            app,         patient/Observation.rs,                   Patient/ann, NOTHING
            officersApp, patient/AuditEvent.rs,                    Patient/ann, ALONE
            """)
    void searches(String who, String scopes, @Nullable String patient, Extent extent) {
        var reach = TrailReach.of(grant(who, scopes, patient), Interaction.SEARCH_TYPE);

        assertThat(reach.extent()).isEqualTo(extent);
        assertThat(reach.patient()).isEqualTo(Set.of(Extent.ABOUT, Extent.ALONE).contains(extent) ? ANN : "");
    }

    @Test
    void aScopeThatGrantsSearchingDoesNotGrantReading() {
        var grant = grant("officer", "user/AuditEvent.s", null);

        assertThat(TrailReach.of(grant, Interaction.SEARCH_TYPE).extent()).isEqualTo(Extent.WHOLE);
        assertThat(TrailReach.of(grant, Interaction.READ).extent()).isEqualTo(Extent.NOTHING);
    }

    @ParameterizedTest(name = "{0}: ann {1}, ann and bob {2}, bob {3}, nobody {4}")
    @CsvSource(textBlock = """
            WHOLE,   true,  true,  true,  true
            ABOUT,   true,  true,  false, false
            ALONE,   true,  false, false, false
            NOTHING, false, false, false, false
            """)
    void holds(Extent extent, boolean ann, boolean both, boolean bob, boolean nobody) {
        var reach = new TrailReach(extent, ANN);

        assertThat(List.of(OF_ANN, OF_ANN_AND_BOB, OF_BOB, OF_NOBODY))
                .extracting(reach::holds)
                .containsExactly(ann, both, bob, nobody);
    }

    @Test
    void aReachWithoutAPatientHoldsNothingThatConcernsNobody() {
        assertThat(Arrays.asList(new TrailReach(Extent.ABOUT, ""), new TrailReach(Extent.ALONE, "")))
                .noneMatch(reach -> reach.holds(OF_NOBODY) || reach.holds(OF_ANN));
    }

    @Test
    void thePatientFindsNothingByWhatIsNotShown() {
        var asked = new TrailQuery(
                List.of(
                        new Condition(Element.ADDRESS, Set.of("10.")),
                        new Condition(Element.WHOLE_ADDRESS, Set.of("10.0.0.7")),
                        new Condition(Element.ENTITY, Set.of("Consent/anns")),
                        new Condition(Element.OUTCOME, Set.of("SUCCESS"))),
                List.of(),
                TrailQuery.Order.NEWEST_FIRST,
                new TrailQuery.Page(10, 0));
        var ofAnn = new Condition(Element.PATIENT, Set.of(ANN));

        assertThat(new TrailReach(Extent.WHOLE, "").within(asked)).isEqualTo(asked);
        assertThat(new TrailReach(Extent.ABOUT, ANN).within(asked)).isEqualTo(asked.and(ofAnn));
        assertThat(new TrailReach(Extent.ALONE, ANN).within(asked).conditions())
                .containsExactly(
                        new Condition(Element.ADDRESS, Set.of()),
                        new Condition(Element.WHOLE_ADDRESS, Set.of()),
                        new Condition(Element.RELEASED, Set.of("Consent/anns")),
                        new Condition(Element.OUTCOME, Set.of("SUCCESS")),
                        ofAnn);
    }

    @Test
    void onlyThePatientIsNotToldWhatWasAsked() {
        assertThat(new TrailReach(Extent.WHOLE, "").shown(OF_ANN)).isEqualTo(OF_ANN);
        assertThat(new TrailReach(Extent.ABOUT, ANN).shown(OF_ANN)).isEqualTo(OF_ANN);
        assertThat(new TrailReach(Extent.ALONE, ANN).shown(OF_ANN)).satisfies(shown -> {
            assertThat(shown.call().query()).isEmpty();
            assertThat(shown.patients()).isEqualTo(OF_ANN.patients());
            assertThat(shown.requester()).isEqualTo(OF_ANN.requester());
        });
    }

    private static AccessGrant grant(String who, String scopes, @Nullable String patient) {
        var own = who.equals("app") || who.equals("officersApp") ? patient : null;
        Set<ExchangeRole> roles =
                who.startsWith("officer") ? Set.of(ExchangeRole.PRIVACY_OFFICER) : Set.of(ExchangeRole.SOURCE);
        var requester = new Requester(
                "client", "", "Organization/a", Set.of("Organization/a"), null, own, Set.of(), roles, Set.of());
        return new AccessGrant(
                requester, GrantedScopes.parse(List.of(scopes.split(" "))), new LaunchContext(patient), null, null);
    }
}
