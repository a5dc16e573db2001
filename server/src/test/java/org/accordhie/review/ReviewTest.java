package org.accordhie.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an emergency begins, ends and is closed. */
class ReviewTest {

    private static final String EXCHANGE = "Organization/exchange";
    private static final Instant OPENED = Instant.parse("2026-11-22T10:00:00Z");
    private static final Party CLINIC = new Party("Organization/clinic", "clinic", "Practitioner/doctor");
    private static final Emergency EMERGENCY =
            new Emergency(new UUID(0, 1), CLINIC, "Patient/ann", "unconscious", OPENED);

    @Test
    void theSameWordsAreTheSameEmergency() {
        var first =
                Emergency.idOf(requester("clinic", "Practitioner/doctor"), glass("Patient/ann", "found unconscious"));

        assertThat(Emergency.idOf(
                        requester("other", "Practitioner/doctor"), glass("Patient/ann", " Found  Unconscious ")))
                .isEqualTo(first);
        assertThat(List.of(
                        Emergency.idOf(
                                requester("clinic", "Practitioner/nurse"), glass("Patient/ann", "found unconscious")),
                        Emergency.idOf(requester("clinic", null), glass("Patient/ann", "found unconscious")),
                        Emergency.idOf(
                                requester("clinic", "Practitioner/doctor"), glass("Patient/bob", "found unconscious")),
                        Emergency.idOf(
                                requester("clinic", "Practitioner/doctor"), glass("Patient/ann", "still unconscious"))))
                .doesNotContain(first)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FOUND UNCONSCIOUS",
                "found\u00A0unconscious",
                "found\u2003\tunconscious\n",
                "\uFEFFfound un\u200Bconscious",
                "\uFF46\uFF4F\uFF55\uFF4E\uFF44 unconscious"
            })
    void wordsThatLookAlikeAreTheSameEmergency(String reason) {
        var doctor = requester("clinic", "Practitioner/doctor");

        assertThat(Emergency.idOf(doctor, glass("Patient/ann", reason)))
                .isEqualTo(Emergency.idOf(doctor, glass("Patient/ann", "found unconscious")));
    }

    @Test
    void endsWithItsWindow() {
        var window = Duration.ofHours(4);

        assertThat(Emergency.isOver(OPENED, window, OPENED.plus(window))).isFalse();
        assertThat(Emergency.isOver(OPENED, window, OPENED.plus(window).plusNanos(1)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} then {1}: {2}")
    @CsvSource({
        "'', JUSTIFIED, JUSTIFIED",
        "'', NEEDS_FOLLOW_UP, FOLLOW_UP",
        "'', UNJUSTIFIED, AWAITING_CONFIRMATION",
        "NEEDS_FOLLOW_UP, JUSTIFIED, JUSTIFIED",
        "UNJUSTIFIED, UNJUSTIFIED, UNJUSTIFIED",
        "UNJUSTIFIED, NEEDS_FOLLOW_UP, FOLLOW_UP",
        "UNJUSTIFIED, JUSTIFIED, ",
        "JUSTIFIED, UNJUSTIFIED, ",
        "UNJUSTIFIED UNJUSTIFIED, JUSTIFIED, "
    })
    void goesFromStateToState(String said, Verdict verdict, @Nullable ReviewState state) {
        var steps = new ArrayList<Step>();
        for (var each : said.isEmpty() ? new String[0] : said.split(" ", -1)) {
            steps.add(step(steps.size() + 1, "first", Verdict.valueOf(each)));
        }
        var before = new Review(EMERGENCY, steps);
        var refused = before.refuse(officer("second"), verdict);
        assertThat(refused.isPresent()).isEqualTo(state == null);
        if (state == null) {
            return;
        }

        steps.add(step(steps.size() + 1, "second", verdict));
        var after = new Review(EMERGENCY, steps);

        assertThat(after.state()).isEqualTo(state);
        assertThat(after.version()).isEqualTo(steps.size() + 1);
        assertThat(after.closed() != null).isEqualTo(state.isClosed());
        assertThat(ReviewState.PENDING.contains(state)).isEqualTo(!state.isClosed());
    }

    @Test
    void theOfficerWhoCallsItUnjustifiedDoesNotConfirmThat() {
        var review = new Review(EMERGENCY, List.of(step(1, "first", Verdict.UNJUSTIFIED)));

        assertThat(review.refuse(officer("first"), Verdict.UNJUSTIFIED)).isPresent();
        assertThat(review.refuse(officer("first"), Verdict.NEEDS_FOLLOW_UP)).isEmpty();
    }

    @Test
    void aStoredVerdictThatIsUnknownIsAFault() {
        var review = new Review(EMERGENCY, List.of(new Step(1, OPENED, officer("first"), "fine", "")));

        assertThatThrownBy(review::state).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FindingState.after(review.steps())).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "Organization/exchange, officers, Practitioner/officer, true",
        "Organization/other, officers, Practitioner/officer, true",
        "Organization/exchange, officers, , false",
        "Organization/exchange, officers, Practitioner/doctor, false",
        "Organization/exchange, clinic, Practitioner/officer, false",
        "Organization/clinic, officers, Practitioner/officer, false"
    })
    void nobodyReviewsTheirOwn(String organization, String client, @Nullable String user, boolean may) {
        assertThat(FourEyes.refuse(new Party(organization, client, user), CLINIC, EXCHANGE)
                        .isEmpty())
                .isEqualTo(may);
    }

    @Test
    void theExchangesOwnOfficersLookAtItsOwnRequests() {
        var own = new Party(EXCHANGE, "app", null);

        assertThat(FourEyes.refuse(officer("first"), own, EXCHANGE)).isEmpty();
    }

    @Test
    void codesAreReadAsTheyAreWritten() {
        for (var verdict : Verdict.values()) {
            assertThat(Verdict.ofCode(verdict.code())).contains(verdict);
        }
        for (var state : ReviewState.values()) {
            assertThat(ReviewState.ofCode(state.code())).contains(state);
        }
        for (var state : FindingState.values()) {
            assertThat(FindingState.ofCode(state.code())).contains(state);
        }
        for (var rule : AccessRule.values()) {
            assertThat(AccessRule.ofCode(rule.code())).contains(rule);
        }
        assertThat(Verdict.ofCode("JUSTIFIED")).isEmpty();
        assertThat(ReviewState.ofCode("")).isEmpty();
        assertThat(AccessRule.ofCode("none")).isEmpty();
    }

    private static Party officer(String name) {
        return new Party(EXCHANGE, "officers", "Practitioner/" + name);
    }

    private static Step step(int number, String officer, Verdict verdict) {
        return new Step(number, OPENED.plusSeconds(number), officer(officer), verdict.code(), "why");
    }

    private static BreakGlass glass(String patient, String reason) {
        return new BreakGlass(patient, reason);
    }

    private static Requester requester(String client, @Nullable String user) {
        var organization = "Organization/clinic";
        return new Requester(client, "", organization, Set.of(organization), user, null, Set.of(), Set.of(), Set.of());
    }
}
