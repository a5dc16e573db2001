package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each denial is compared with another that says more, less, or something else. */
@DisplayName("one rule")
class CoverageTest {

    private static final Coding ONE = new Coding("loinc", "1");
    private static final Coding TWO = new Coding("loinc", "2");
    private static final Provision ALL = rule(RequesterCriteria.ANYBODY, ResourceCriteria.ANYTHING);

    @Test
    void coversThePurposesThatItsOwnAreAbove() {
        assertCovers(ALL, asking(PurposeOfUse.TREAT));
        assertCovers(asking(PurposeOfUse.TREAT), asking(PurposeOfUse.ETREAT));
        assertCovers(asking(PurposeOfUse.TREAT, PurposeOfUse.HPAYMT), asking(PurposeOfUse.HPAYMT));
        assertOpen(asking(PurposeOfUse.ETREAT), asking(PurposeOfUse.TREAT));
        assertOpen(asking(PurposeOfUse.TREAT), asking(PurposeOfUse.TREAT, PurposeOfUse.HRESCH));
        assertOpen(asking(PurposeOfUse.TREAT), ALL);
    }

    @Test
    void coversTheActorsThatItNames() {
        assertCovers(ALL, speakingTo("a"));
        assertCovers(speakingTo("a", "b"), speakingTo("b"));
        assertOpen(speakingTo("a"), speakingTo("a", "b"));
        assertOpen(speakingTo("a"), ALL);
    }

    @Test
    void coversTheClassesThatItNames() {
        assertCovers(ALL, classes(Set.of("Observation"), Set.of(), Set.of()));
        assertCovers(
                classes(Set.of("Observation", "Encounter"), Set.of("p"), Set.of(ONE)),
                classes(Set.of("Observation"), Set.of("p"), Set.of(ONE)));
        assertCovers(
                classes(Set.of("DocumentReference"), Set.of(), Set.of()), classes(Set.of(), Set.of(), Set.of(ONE)));
        assertOpen(classes(Set.of("Observation"), Set.of(), Set.of()), ALL);
        assertOpen(
                classes(Set.of("Observation"), Set.of(), Set.of()),
                classes(Set.of("Observation", "Encounter"), Set.of(), Set.of()));
        assertOpen(
                classes(Set.of("Observation"), Set.of(), Set.of()),
                classes(Set.of("Observation"), Set.of("p"), Set.of()));
        assertOpen(
                classes(Set.of("Observation"), Set.of(), Set.of()),
                classes(Set.of("Observation"), Set.of(), Set.of(ONE)));
        assertOpen(classes(Set.of(), Set.of(), Set.of(ONE)), classes(Set.of(), Set.of(), Set.of(TWO)));
    }

    @Test
    void coversTheCodesAndTheValueSetsThatItNames() {
        assertCovers(ALL, codes(Set.of(ONE)));
        assertCovers(codes(Set.of(ONE, TWO), "v"), codes(Set.of(TWO), "v"));
        assertOpen(codes(Set.of(ONE)), ALL);
        assertOpen(codes(Set.of(ONE)), codes(Set.of(TWO)));
        assertOpen(codes(Set.of(ONE)), codes(Set.of(ONE), "v"));
        assertOpen(codes(Set.of(ONE), "v"), codes(Set.of(ONE), "w"));
    }

    @Test
    void coversTheDatesThatLieInItsOwn() {
        assertCovers(ALL, dated(2024, 2025));
        assertCovers(dated(2023, 2026), dated(2024, 2025));
        assertOpen(dated(2024, 2025), ALL);
        assertOpen(dated(2024, 2025), dated(2023, 2025));
        assertOpen(dated(2024, 2025), dated(2026, 2027));
    }

    @Test
    void coversTheSensitivitiesThatItsOwnAreAbove() {
        assertCovers(ALL, labelled("PSY"));
        assertCovers(labelled("SPI"), labelled("PSY"));
        // A record of behavioural health is of SPI too, and has nothing to do with PSY.
        assertOpen(labelled("PSY"), labelled("SPI"));
        assertOpen(labelled("PSY"), ALL);
    }

    @Test
    void ofWhichHalfHasBeenFilledInIsComparedWithNothing() {
        var known = new Provision(
                "p",
                Effect.DENY,
                new ContextCriteria.Known(Match.CERTAINLY, false),
                DataCriteria.Known.COVERED,
                List.of());

        assertOpen(ALL, known);
        assertOpen(known, ALL);
        assertThat(Reachability.together(ALL, known)).isEqualTo(Match.CERTAINLY);
    }

    @Test
    void isMetByAnotherOfOtherDatesOnlyPossibly() {
        assertThat(Reachability.together(dated(2024, 2025), dated(2026, 2027))).isEqualTo(Match.POSSIBLY);
        assertThat(Reachability.together(dated(2024, 2025), dated(2025, 2027))).isEqualTo(Match.CERTAINLY);
        assertThat(Reachability.together(dated(2024, 2025), ALL)).isEqualTo(Match.CERTAINLY);
    }

    private static void assertCovers(Provision wider, Provision narrower) {
        assertThat(Coverage.covers(wider, narrower))
                .as("%s covers %s", wider, narrower)
                .isTrue();
    }

    private static void assertOpen(Provision wider, Provision narrower) {
        assertThat(Coverage.covers(wider, narrower))
                .as("%s covers %s", wider, narrower)
                .isFalse();
    }

    private static Provision rule(RequesterCriteria requester, ResourceCriteria resource) {
        return new Provision("p", Effect.DENY, requester, resource, List.of());
    }

    private static Provision asking(PurposeOfUse... purposes) {
        return rule(
                new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(purposes), List.of()),
                ResourceCriteria.ANYTHING);
    }

    private static Provision speakingTo(String... actors) {
        return rule(
                new RequesterCriteria(TimeSpan.ALWAYS, List.of(actors), List.of(), List.of()),
                ResourceCriteria.ANYTHING);
    }

    private static Provision classes(Set<String> types, Set<String> profiles, Set<Coding> documents) {
        return about(new DataClasses(types, profiles, documents), DataCodes.ANY, LabelCriteria.ANY, null);
    }

    private static Provision codes(Set<Coding> codes, String... valueSets) {
        return about(DataClasses.ANY, new DataCodes(codes, Set.of(valueSets)), LabelCriteria.ANY, null);
    }

    private static Provision labelled(String sensitivity) {
        return about(DataClasses.ANY, DataCodes.ANY, new LabelCriteria(Set.of(sensitivity), Set.of()), null);
    }

    private static Provision dated(int from, int until) {
        var span = new TimeSpan(Instant.parse(from + "-01-01T00:00:00Z"), Instant.parse(until + "-12-31T00:00:00Z"));
        return about(DataClasses.ANY, DataCodes.ANY, LabelCriteria.ANY, span);
    }

    private static Provision about(
            DataClasses classes, DataCodes codes, LabelCriteria labels, @Nullable TimeSpan dates) {
        return rule(RequesterCriteria.ANYBODY, new ResourceCriteria(Set.of(), classes, codes, labels, dates, Set.of()));
    }
}
