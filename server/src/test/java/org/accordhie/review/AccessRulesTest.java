package org.accordhie.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.accordhie.review.Access.Circumstances;
import org.accordhie.review.AccessRules.Thresholds;
import org.accordhie.review.DayOfRequests.Baseline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which accesses are brought before a human, and with which words. */
class AccessRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Party DOCTOR = new Party("Organization/clinic", "clinic", "Practitioner/doctor");
    private static final Thresholds THRESHOLDS = new Thresholds(365, 30, 3, 20, 50);
    private static final AccessRules RULES = new AccessRules(EnumSet.allOf(AccessRule.class), THRESHOLDS);
    private static final Access TREATMENT = new Access(new UUID(0, 1), DAY, DOCTOR, "Patient/ann", true);

    @Test
    void anOrdinaryTreatmentIsLeftAlone() {
        var known = new Circumstances(person("Meyer", "Bo", "1 Oak St"), person("Kim", "Ann", "2 Oak St"), true, false);

        assertThat(RULES.look(TREATMENT, known)).isEmpty();
    }

    @Test
    void aSurnameOrAnAddressInCommonIsSaid() {
        var known = new Circumstances(
                person("Müller", "Bo", "1 Oak Street"), person("Kim-MULLER", "Ann", "1 Oak St."), true, false);

        assertThat(RULES.look(TREATMENT, known))
                .extracting(AccessFinding::sentence)
                .containsExactly(
                        "Practitioner/doctor of Organization/clinic read Patient/ann: they and the patient share a surname, or a"
                                + " part of one",
                        "Practitioner/doctor of Organization/clinic read Patient/ann: they and the patient have the same"
                                + " address");
    }

    @Test
    void theirOwnRecordIsKnownByIdentifierOrByNameAndBirth() {
        var ann =
                new Person(Set.of("kim"), Set.of("ann kim"), LocalDate.of(1980, 1, 1), Set.of("s|1"), Set.of(), false);
        var byNumber = new Person(Set.of("x"), Set.of("x x"), null, Set.of("s|1"), Set.of(), false);
        var byBirth = new Person(Set.of("kim"), Set.of("ann kim"), LocalDate.of(1980, 1, 1), Set.of(), Set.of(), false);
        var sister = new Person(Set.of("kim"), Set.of("ann kim"), null, Set.of(), Set.of(), false);

        assertThat(rules(RULES.look(TREATMENT, new Circumstances(byNumber, ann, true, false))))
                .contains(AccessRule.OWN_RECORD);
        assertThat(rules(RULES.look(TREATMENT, new Circumstances(byBirth, ann, true, false))))
                .contains(AccessRule.OWN_RECORD);
        assertThat(rules(RULES.look(TREATMENT, new Circumstances(sister, ann, true, false))))
                .containsExactly(AccessRule.SAME_SURNAME);
    }

    @Test
    void aSystemIsNobodysRelative() {
        var ann = person("Kim", "Ann", "2 Oak St");

        assertThat(RULES.look(TREATMENT, new Circumstances(null, ann, true, false)))
                .isEmpty();
        assertThat(RULES.look(TREATMENT, new Circumstances(ann, null, true, false)))
                .isEmpty();
    }

    @Test
    void treatmentWithoutARelationshipIsSaidAndAnEmergencyOrAPaymentIsNot() {
        var unknown = new Circumstances(null, null, false, false);
        var payment = new Access(new UUID(0, 1), DAY, DOCTOR, "Patient/ann", false);

        assertThat(RULES.look(TREATMENT, unknown)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(AccessRule.NO_RELATIONSHIP);
            assertThat(finding.sentence()).contains("within 365 days");
        });
        assertThat(RULES.look(payment, unknown)).isEmpty();
    }

    @Test
    void aVipIsOnTheListOrLabelled() {
        var plain = person("Kim", "Ann", "2 Oak St");
        var famous = new Person(Set.of(), Set.of(), null, Set.of(), Set.of(), true);

        assertThat(RULES.look(TREATMENT, new Circumstances(null, plain, true, true)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).endsWith("on the officers' list"));
        assertThat(RULES.look(TREATMENT, new Circumstances(null, famous, true, false)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("security label"));
        assertThat(RULES.look(TREATMENT, new Circumstances(null, famous, false, false))
                        .get(1)
                        .score())
                .isGreaterThan(RULES.look(TREATMENT, new Circumstances(null, famous, true, false))
                        .get(0)
                        .score());
    }

    @ParameterizedTest(name = "{0} patients after {1} and {2}: {3}")
    @CsvSource({
        "29, '', '', false",
        "30, '', '', true",
        "90, 30 30 31, 1 1 1, false",
        "91, 30 30 31, 1 1 1, true",
        "91, 1, 40 50, false",
        "91, 20 40, '', true",
        "90, 20 40, '', false"
    })
    void volumeIsComparedWithTheirOwnDaysAndTheirPeers(int patients, String own, String peers, boolean flagged) {
        var day = new DayOfRequests(new UUID(0, 1), DAY, DOCTOR, patients, patients, 0);

        var found = RULES.look(day, new Baseline(numbers(own), numbers(peers)));

        assertThat(rules(found).contains(AccessRule.VOLUME)).isEqualTo(flagged);
        assertThat(found).allMatch(finding -> finding.patient() == null);
    }

    @ParameterizedTest(name = "{0} of {1} refused: {2}")
    @CsvSource({"19, 19, false", "20, 40, true", "20, 41, false", "500, 600, true"})
    void refusalsAreManyAndMuchOfTheDay(int refused, int requests, boolean flagged) {
        var day = new DayOfRequests(new UUID(0, 1), DAY, DOCTOR, 0, requests, refused);

        assertThat(rules(RULES.look(day, Baseline.UNKNOWN)).contains(AccessRule.REFUSALS))
                .isEqualTo(flagged);
    }

    @Test
    void aRuleThatIsOffFindsNothing() {
        var without = new AccessRules(EnumSet.complementOf(EnumSet.of(AccessRule.NO_RELATIONSHIP)), THRESHOLDS);

        assertThat(without.look(TREATMENT, new Circumstances(null, null, false, false)))
                .isEmpty();
    }

    @Test
    void theSameFindingHasTheSameId() {
        var later = new AccessFinding(AccessRule.VIP, DAY, new UUID(0, 9), DOCTOR, "Patient/ann", "otherwise", 1);
        var first = new AccessFinding(AccessRule.VIP, DAY, new UUID(0, 1), DOCTOR, "Patient/ann", "so", 60);
        var system = new Party("Organization/clinic", "clinic", null);

        assertThat(later.id()).isEqualTo(first.id());
        assertThat(new AccessFinding(AccessRule.VIP, DAY, new UUID(0, 1), system, null, "so", 60).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void theLastWordOnAFindingCounts() {
        var finding = new AccessFinding(AccessRule.VIP, DAY, new UUID(0, 1), DOCTOR, "Patient/ann", "so", 60);
        var at = DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
        var dismissed = new Step(1, at, DOCTOR, "dismissed", "");
        var open = new Step(2, at, DOCTOR, "open", "");

        assertThat(new KeptFinding(finding, List.of()).state()).isEqualTo(FindingState.OPEN);
        assertThat(new KeptFinding(finding, List.of(dismissed)).state()).isEqualTo(FindingState.DISMISSED);
        assertThat(new KeptFinding(finding, List.of(dismissed, open)).state()).isEqualTo(FindingState.OPEN);
        assertThat(new KeptFinding(finding, List.of(dismissed)).version()).isEqualTo(2);
    }

    @Test
    void namesAndAddressesAreComparedWithoutWhatIsWrittenDifferently() {
        assertThat(PersonNames.surnames("García Márquez"))
                .containsExactlyInAnyOrder("garciamarquez", "garcia", "marquez");
        assertThat(PersonNames.surnames("van der Berg")).containsExactlyInAnyOrder("vanderberg", "berg");
        assertThat(PersonNames.surnames("-")).isEmpty();
        assertThat(PersonNames.address("12 Oak Street, Apartment 3", "48104"))
                .isEqualTo(PersonNames.address("12 OAK ST. Apt 3", "48104 "))
                .isNotEqualTo(PersonNames.address("12 Oak St", "48104"));
    }

    @Test
    void aSampleIsDividedInProportionAndLeavesNobodyOut() {
        assertThat(Strata.divide(Map.of("a", 90, "b", 9, "c", 1), 10)).isEqualTo(Map.of("a", 8, "b", 1, "c", 1));
        assertThat(Strata.divide(Map.of("a", 3, "b", 2), 10)).isEqualTo(Map.of("a", 3, "b", 2));
        assertThat(Strata.divide(Map.of("a", 5, "b", 5, "c", 5), 2)).isEqualTo(Map.of("a", 1, "b", 1, "c", 0));
        assertThat(Strata.divide(Map.of("a", 50, "b", 50), 5)).isEqualTo(Map.of("a", 3, "b", 2));
        assertThat(Strata.divide(Map.of(), 5)).isEmpty();
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(" ", -1)).stream().map(Integer::valueOf).toList();
    }

    private static Set<AccessRule> rules(List<AccessFinding> findings) {
        var found = EnumSet.noneOf(AccessRule.class);
        findings.forEach(finding -> found.add(finding.rule()));
        return found;
    }

    private static Person person(String surname, String given, @Nullable String line) {
        return new Person(
                PersonNames.surnames(surname),
                Set.of(PersonNames.fullName(given, surname)),
                LocalDate.of(1980, 1, given.length()),
                Set.of(),
                line == null ? Set.of() : Set.of(PersonNames.address(line, "48104")),
                false);
    }
}
