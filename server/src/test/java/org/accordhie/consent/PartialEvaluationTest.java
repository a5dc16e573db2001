package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The fewer differences are left, the fewer release classes there are. */
@DisplayName("what is left of a consent")
class PartialEvaluationTest {

    private static final TimeSpan YEAR =
            new TimeSpan(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-12-31T00:00:00Z"));

    private static Question observationOf(@Nullable TimeSpan dates) {
        var facts = new ResourceFacts(
                "Observation",
                "1",
                1,
                Set.of("Patient/ann"),
                Set.of("Patient/ann"),
                Set.of(),
                Set.of(),
                Set.of(),
                new Labels(Set.of(), Confidentiality.N),
                dates,
                Origin.EXCHANGE,
                Set.of());
        return new Question(null, null, facts);
    }

    private static Provision about(Effect effect, String type, @Nullable TimeSpan dates, Provision... exceptions) {
        var classes = new DataClasses(Set.of(type), Set.of(), Set.of());
        var criteria = new ResourceCriteria(Set.of(), classes, DataCodes.ANY, LabelCriteria.ANY, dates, Set.of());
        return new Provision("p", effect, RequesterCriteria.ANYBODY, criteria, List.of(exceptions));
    }

    private static List<Provision> left(@Nullable TimeSpan dates, Provision provision) {
        var consent = new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of(provision));
        return ((Computable) PartialEvaluation.withResource(consent, observationOf(dates))).provisions();
    }

    @Test
    void holdsNoRuleAboutOtherData() {
        assertThat(left(null, about(Effect.DENY, "Encounter", null))).isEmpty();
        assertThat(left(null, about(Effect.PERMIT, "Encounter", null))).isEmpty();
        assertThat(left(null, about(Effect.DENY, "Observation", null))).hasSize(1);
    }

    @Test
    void holdsNoPermitThatOnlyPossiblyAppliesUnlessADenialStandsInIt() {
        assertThat(left(null, about(Effect.PERMIT, "Observation", YEAR))).isEmpty();
        assertThat(left(null, about(Effect.PERMIT, "Observation", YEAR, about(Effect.DENY, "Observation", null))))
                .hasSize(1);
    }

    @Test
    void isTheSameWhetherADenialSurelyOrPossiblyApplies() {
        assertThat(left(YEAR, about(Effect.DENY, "Observation", YEAR)))
                .isEqualTo(left(null, about(Effect.DENY, "Observation", YEAR)));
    }

    @Test
    void isAnotherWhereTheDenialHasAnExceptionWhichOnlyHoldsInASureOne() {
        var denial = about(Effect.DENY, "Observation", YEAR, about(Effect.PERMIT, "Observation", null));

        assertThat(left(YEAR, denial)).isNotEqualTo(left(null, denial));
    }

    @Test
    void ofOneThatCannotBeComputedIsThat() {
        var unreadable = new Uncomputable("Consent/1/_history/1", "unreadable");

        assertThat(PartialEvaluation.withRequester(unreadable, observationOf(null)))
                .isEqualTo(unreadable);
    }
}
