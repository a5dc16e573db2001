package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.consent.EnforcementStatus.State;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the enforcement status of a consent")
class EnforcementStatusTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void isEnforcedWhileItIsActiveAndValid() {
        assertThat(of(ConsentStatus.ACTIVE, null, valid(null, null))).isEqualTo(State.ENFORCED);
        assertThat(of(ConsentStatus.ACTIVE, null, null)).isEqualTo(State.ENFORCED);
    }

    @Test
    void saysWhichStatusItHasOtherwise() {
        var status = EnforcementStatus.of(ConsentStatus.ENTERED_IN_ERROR, "Consent/2", null, NOW);

        assertThat(status).isEqualTo(new EnforcementStatus(State.INACTIVE, "entered-in-error"));
    }

    @Test
    void saysWhichConsentStandsInItsPlace() {
        var status = EnforcementStatus.of(ConsentStatus.ACTIVE, "Consent/2", new Uncomputable("", "x"), NOW);

        assertThat(status).isEqualTo(new EnforcementStatus(State.SUPERSEDED, "Consent/2"));
    }

    @Test
    void saysWhyItCannotBeComputed() {
        var status = EnforcementStatus.of(ConsentStatus.ACTIVE, null, new Uncomputable("", "no type"), NOW);

        assertThat(status).isEqualTo(new EnforcementStatus(State.UNCOMPUTABLE, "no type"));
    }

    @Test
    void knowsTheFutureFromThePast() {
        var later = NOW.plusSeconds(1);
        var earlier = NOW.minusSeconds(1);

        assertThat(of(ConsentStatus.ACTIVE, null, valid(later, null))).isEqualTo(State.NOT_YET_VALID);
        assertThat(of(ConsentStatus.ACTIVE, null, valid(null, earlier))).isEqualTo(State.NO_LONGER_VALID);
        assertThat(of(ConsentStatus.ACTIVE, null, valid(earlier, later))).isEqualTo(State.ENFORCED);
        assertThat(State.NO_LONGER_VALID.code()).isEqualTo("no-longer-valid");
    }

    @Test
    void tellsAChangeFromARevocation() {
        assertThat(ConsentChange.kindOf(null, ConsentStatus.DRAFT)).isEqualTo(ConsentChange.Kind.CREATED);
        assertThat(ConsentChange.kindOf(ConsentStatus.DRAFT, ConsentStatus.ACTIVE))
                .isEqualTo(ConsentChange.Kind.UPDATED);
        assertThat(ConsentChange.kindOf(ConsentStatus.ACTIVE, ConsentStatus.ACTIVE))
                .isEqualTo(ConsentChange.Kind.UPDATED);
        assertThat(ConsentChange.kindOf(ConsentStatus.ACTIVE, ConsentStatus.INACTIVE))
                .isEqualTo(ConsentChange.Kind.REVOKED);
        assertThat(ConsentChange.kindOf(ConsentStatus.ACTIVE, ConsentStatus.DELETED))
                .isEqualTo(ConsentChange.Kind.DELETED);
        assertThat(ConsentChange.Kind.REVOKED.code()).isEqualTo("revoked");
    }

    @Test
    void ofOneThatIsNotInForceHasNoFindings() {
        var past = valid(null, NOW.minusSeconds(1));
        var life = new Supersession.Version("Consent/1", ConsentStatus.ACTIVE, true, Set.of(), Set.of(), NOW, NOW);
        var stored = new StoredConsent("1", 1, "Patient/ann", life, past, null);

        assertThat(stored.lint(List.of(stored), NOW))
                .extracting(LintFinding::kind)
                .containsExactly(LintFinding.Kind.PAST);
        assertThat(stored.supersededBy("Consent/2").lint(List.of(stored), NOW)).isEmpty();
        assertThat(new StoredConsent("1", 1, "Patient/ann", life, new Uncomputable("", ""), null).lint(List.of(), NOW))
                .isEmpty();
        assertThat(stored.statusAt(NOW).state()).isEqualTo(State.NO_LONGER_VALID);
    }

    private static State of(ConsentStatus status, @Nullable String by, @Nullable ConsentPolicy policy) {
        return EnforcementStatus.of(status, by, policy, NOW).state();
    }

    private static Computable valid(@Nullable Instant from, @Nullable Instant until) {
        return new Computable(
                "Consent/1/_history/1",
                new TimeSpan(from, until),
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of());
    }
}
