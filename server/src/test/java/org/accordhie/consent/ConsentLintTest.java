package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.LintFinding.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the linter of consents")
class ConsentLintTest {

    private static final int CASES = 6_000;
    private static final Instant NOW = Instant.parse("2026-01-04T12:00:00Z");
    private static final String FIRST = "Consent.provision.provision[0]";
    private static final String SECOND = "Consent.provision.provision[1]";

    @Test
    void findsNothingInPlainConsents() {
        assertThat(found(consent(Effect.PERMIT))).isEmpty();
        assertThat(found(consent(Effect.PERMIT, deny(labelled("PSY")), permit(labelled("ETH")))))
                .isEmpty();
        assertThat(found(consent(Effect.DENY, permit(asking(PurposeOfUse.TREAT)))))
                .isEmpty();
    }

    @Test
    void findsPeriodsThatAreOverAndThatTheConsentLeavesOut() {
        var past = new TimeSpan(null, NOW.minusSeconds(1));
        var future = new TimeSpan(NOW.plusSeconds(1), null);

        assertThat(found(valid(past, deny(during(past)))))
                .contains(FIRST + ".period past", "Consent.provision.period past")
                .hasSize(2);
        assertThat(found(valid(past, deny(during(future))))).contains(FIRST + ".period never-matches");
    }

    @Test
    void findsExceptionsThatCanNeverApplyInsideTheirRule() {
        assertThat(found(consent(Effect.PERMIT, deny(typed("Observation"), permit(typed("Encounter"))))))
                .containsExactly(FIRST + ".provision[0] never-matches");
        assertThat(found(consent(Effect.PERMIT, deny(labelled("PSY"), permit(labelled("ETH"))))))
                .containsExactly(FIRST + ".provision[0] never-matches");
        assertThat(found(consent(Effect.PERMIT, deny(labelled("SPI"), permit(labelled("PSY"))))))
                .isEmpty();
        assertThat(found(consent(Effect.PERMIT, deny(named("Practitioner/a"), permit(named("Practitioner/b"))))))
                .containsExactly(FIRST + ".provision[0] never-matches");
        assertThat(found(consent(Effect.PERMIT, deny(named("Organization/a"), permit(named("Organization/b"))))))
                .isEmpty();
        assertThat(found(consent(Effect.PERMIT, deny(named("Device/a"), permit(named("Device/b"))))))
                .containsExactly(FIRST + ".provision[0] never-matches");
    }

    @Test
    void findsPurposesOutsideThoseOfTheRule() {
        var nested = consent(Effect.DENY, permit(asking(PurposeOfUse.TREAT), permit(asking(PurposeOfUse.HRESCH))));
        var beside = new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                purposes(PurposeOfUse.TREAT),
                ResourceCriteria.ANYTHING,
                List.of(deny(asking(PurposeOfUse.HRESCH)).at(FIRST)));

        assertThat(found(nested))
                .contains(FIRST + ".provision[0].purpose outside-parent", FIRST + ".provision[0] never-matches");
        assertThat(found(beside)).containsExactly(FIRST + ".purpose outside-parent");
    }

    @Test
    void findsPermitsThatNameAProtectedLevelAlone() {
        var alone = new ResourceCriteria(
                Set.of(),
                DataClasses.ANY,
                DataCodes.ANY,
                new LabelCriteria(Set.of(), Set.of(Confidentiality.R)),
                null,
                Set.of());

        assertThat(found(consent(Effect.DENY, permit(new Rule(RequesterCriteria.ANYBODY, alone)))))
                .containsExactly(FIRST + ".securityLabel level-alone");
        assertThat(found(consent(Effect.PERMIT, deny(new Rule(RequesterCriteria.ANYBODY, alone)))))
                .isEmpty();
    }

    @Test
    void findsTheSameInTheRoot() {
        assertThat(found(rooted(RequesterCriteria.ANYBODY, levelled(Confidentiality.R))))
                .containsExactly("Consent.provision.securityLabel level-alone");
        assertThat(found(rooted(RequesterCriteria.ANYBODY, levelled(Confidentiality.N))))
                .isEmpty();
    }

    @Test
    void saysWhetherThePurposesAreOutsideThoseOfTheRootOrOfARule() {
        var beside = rooted(
                purposes(PurposeOfUse.TREAT),
                ResourceCriteria.ANYTHING,
                deny(asking(PurposeOfUse.HRESCH)),
                permit(asking(PurposeOfUse.TREAT), deny(asking(PurposeOfUse.HRESCH))));

        assertThat(ConsentLint.check(beside, List.of(), NOW))
                .filteredOn(each -> each.kind() == Kind.OUTSIDE_PARENT)
                .extracting(LintFinding::said)
                .containsExactly(
                        "names purposes outside those of the consent's root, and applies to them all the same",
                        "names purposes outside those of the rule it stands in, where it never applies");
    }

    @Test
    void findsNoDenialThatNamesAnEmergencyCoveredByOneThatDoesNot() {
        assertThat(found(consent(Effect.PERMIT, deny(EVERYTHING), deny(asking(PurposeOfUse.BTG)))))
                .isEmpty();
        assertThat(found(consent(Effect.PERMIT, deny(asking(PurposeOfUse.BTG)), deny(asking(PurposeOfUse.BTG)))))
                .containsExactly(SECOND + " shadowed");
    }

    @Test
    void findsWhatASiblingDeniesAlready() {
        assertThat(found(consent(Effect.PERMIT, deny(labelled("SPI")), deny(labelled("PSY")))))
                .containsExactly(SECOND + " shadowed");
        assertThat(found(consent(Effect.PERMIT, deny(labelled("PSY")), deny(labelled("PSY")))))
                .containsExactly(SECOND + " shadowed");
        assertThat(found(consent(Effect.DENY, permit(asking(PurposeOfUse.TREAT)), deny(EVERYTHING))))
                .containsExactly(FIRST + " shadowed");
        assertThat(found(consent(
                        Effect.PERMIT, deny(labelled("SPI"), permit(named("Organization/a"))), deny(labelled("PSY")))))
                .isEmpty();
    }

    @Test
    void findsExceptionsToNothing() {
        assertThat(found(consent(Effect.DENY, deny(labelled("PSY"))))).containsExactly(FIRST + " redundant");
        assertThat(found(consent(Effect.PERMIT, permit(asking(PurposeOfUse.TREAT)))))
                .containsExactly(FIRST + " redundant");
        assertThat(found(consent(Effect.DENY, deny(asking(PurposeOfUse.BTG))))).isEmpty();
        assertThat(found(consent(Effect.DENY, deny(labelled("PSY"), deny(typed("Observation"))))))
                .contains(FIRST + " redundant");
        assertThat(found(consent(Effect.DENY, deny(labelled("PSY"), permit(typed("Observation"))))))
                .isEmpty();
        assertThat(found(consent(Effect.PERMIT, permit(typed("Observation"))))).isEmpty();
    }

    @Test
    void findsWhatAnotherConsentContradicts() {
        var shares = consent(Effect.PERMIT);
        var refusesResearch = other(consent(Effect.PERMIT, deny(asking(PurposeOfUse.HRESCH))));

        assertThat(ConsentLint.check(shares, List.of(refusesResearch), NOW))
                .containsExactly(new LintFinding(
                        "Consent.provision",
                        Kind.CONTRADICTION,
                        "permits what `" + FIRST + "` of `Consent/2` denies; the denial holds",
                        "Consent/2"));
        assertThat(ConsentLint.check(refusesResearch, List.of(shares), NOW))
                .extracting(LintFinding::path, LintFinding::said)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        FIRST, "denies what `Consent.provision` of `Consent/1` permits; the denial holds"));
    }

    @Test
    void findsNoContradictionWhereTwoConsentsSpeakOfDifferentThings() {
        contradict(false, permit(named("Organization/a")), deny(named("Organization/b")));
        contradict(true, permit(named("Organization/a")), deny(named("Organization/a")));
        contradict(false, permit(asking(PurposeOfUse.TREAT)), deny(asking(PurposeOfUse.HRESCH)));
        contradict(true, permit(asking(PurposeOfUse.TREAT)), deny(asking(PurposeOfUse.ETREAT)));
        contradict(false, permit(typed("Observation")), deny(typed("Encounter")));
        contradict(true, permit(typed("Observation")), deny(EVERYTHING));
        contradict(false, permit(labelled("PSY")), deny(labelled("HIV")));
        contradict(true, permit(labelled("SPI")), deny(labelled("PSY")));
        contradict(false, permit(coded("1")), deny(coded("2")));
        contradict(true, permit(coded("1")), deny(coded("1")));
        contradict(true, permit(dated(2024, 2026)), deny(dated(2025, 2027)));
        contradict(false, permit(dated(2024, 2025)), deny(dated(2026, 2027)));
        contradict(true, permit(about("Encounter/1")), deny(typed("Encounter")));
        contradict(false, permit(about("Encounter/1")), deny(about("Encounter/2")));
        contradict(true, permit(profiled()), deny(profiled()));
        contradict(true, permit(documented()), deny(documented()));
        contradict(true, permit(about("Encounter/1")), deny(about("Encounter/1")));
        contradict(true, permit(about("Encounter/1", "Observation/2")), deny(typed("Observation")));
        contradict(true, permit(named("Device/a")), deny(named("Device/a")));
        contradict(true, permit(named("Organization/a", "Organization/b")), deny(named("Organization/b")));
        contradict(true, permit(named("Organization/a")), deny(EVERYTHING));
        contradict(true, permit(EVERYTHING), deny(named("Organization/a")));
    }

    @Test
    void findsAContradictionAtTheDatesThatTwoConsentsShare() {
        contradict(true, permit(dated(2025, 2026)), deny(dated(2024, 2027)));
        contradict(true, permit(dated(2024, 2027)), deny(dated(2025, 2026)));
        contradict(true, permit(dated(null, end(2025))), deny(dated(2024, 2026)));
        contradict(true, permit(dated(2024, 2026)), deny(dated(null, end(2025))));
        contradict(true, permit(dated(start(2025), null)), deny(dated(2024, 2026)));
        contradict(true, permit(dated(2024, 2026)), deny(dated(start(2025), null)));
        contradict(true, permit(dated(start(2025), null)), deny(dated(start(2026), null)));
        contradict(true, permit(dated(null, end(2025))), deny(dated(null, end(2024))));
        contradict(true, permit(dated(start(2025), null)), deny(dated(null, end(2026))));
    }

    @Test
    void namesOfSeveralRulesThatContradictTheFirst() {
        var either = data(
                new DataClasses(Set.of("Condition", "Encounter"), Set.of(), Set.of()),
                DataCodes.ANY,
                LabelCriteria.ANY);
        var shares = consent(Effect.DENY, permit(either));
        var refuses = other(consent(Effect.PERMIT, deny(typed("Encounter")), deny(typed("Condition"))));

        assertThat(ConsentLint.check(shares, List.of(refuses), NOW))
                .filteredOn(each -> each.path().equals(FIRST))
                .extracting(LintFinding::said)
                .containsExactly("permits what `" + FIRST + "` of `Consent/2` denies; the denial holds");
    }

    @Test
    void findsWhatContradictsARuleInsideARule() {
        var mostly = consent(Effect.DENY, deny(typed("Observation"), permit(named("Organization/a"))));

        assertThat(ConsentLint.check(mostly, List.of(other(consent(Effect.DENY))), NOW))
                .filteredOn(each -> each.kind() == Kind.CONTRADICTION)
                .extracting(LintFinding::path)
                .containsExactly(FIRST + ".provision[0]");
    }

    @Test
    void findsNoContradictionBetweenConsentsThatAreNeverInForceTogether() {
        var now = valid(new TimeSpan(null, NOW.plusSeconds(9)), permit(EVERYTHING));
        var later = other(valid(new TimeSpan(NOW.plusSeconds(10), null), deny(EVERYTHING)));
        var soon = other(valid(new TimeSpan(NOW.plusSeconds(5), null), deny(EVERYTHING)));

        assertThat(ConsentLint.check(now, List.of(later), NOW)).noneMatch(each -> each.kind() == Kind.CONTRADICTION);
        assertThat(ConsentLint.check(now, List.of(soon), NOW)).anyMatch(each -> each.kind() == Kind.CONTRADICTION);
        assertThat(ConsentLint.check(soon, List.of(now), NOW)).anyMatch(each -> each.kind() == Kind.CONTRADICTION);
    }

    @Test
    void saysNothingThatAQuestionDisproves() {
        var counts = new EnumMap<Kind, Integer>(Kind.class);
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            if (some.consent() instanceof Computable consent) {
                for (var finding : ConsentLint.check(consent, List.of(), NOW)) {
                    counts.merge(finding.kind(), 1, Integer::sum);
                    if (Set.of(Kind.NEVER_MATCHES, Kind.SHADOWED, Kind.REDUNDANT)
                            .contains(finding.kind())) {
                        assertUnchangedWithout(finding, consent, some);
                    }
                }
            }
        });

        assertThat(counts).containsKeys(Kind.NEVER_MATCHES, Kind.SHADOWED, Kind.REDUNDANT, Kind.PAST);
    }

    private static void assertUnchangedWithout(LintFinding finding, Computable consent, Some some) {
        var path = finding.path().replaceFirst("\\.period$", "");
        var without = new Computable(
                consent.id(),
                consent.validity(),
                consent.bases(),
                consent.base(),
                consent.requester(),
                consent.resource(),
                without(path, consent.provisions()));
        for (int round = 0; round < 60; round++) {
            var request = some.request();
            for (var purpose : purposesOf(request)) {
                var question = new Question(request, purpose.get(0), ofItsType(some.facts()));
                var said = Evaluation.of(consent, question);
                var says = Evaluation.of(without, question);

                assertThat(summary(says, question)).as("%s", finding).isEqualTo(summary(said, question));
            }
        }
    }

    /** Only a document has the type of a document. */
    private static ResourceFacts ofItsType(ResourceFacts facts) {
        return new ResourceFacts(
                facts.type(),
                facts.id(),
                facts.version(),
                facts.patients(),
                facts.compartments(),
                facts.codes(),
                Set.of(),
                facts.profiles(),
                facts.labels(),
                facts.dates(),
                facts.origin(),
                facts.references());
    }

    private static List<List<PurposeOfUse>> purposesOf(AccessRequest request) {
        var purposes = new ArrayList<List<PurposeOfUse>>();
        request.requester().purposes().forEach(purpose -> purposes.add(List.of(purpose)));
        if (purposes.isEmpty()) {
            purposes.add(java.util.Collections.singletonList(null));
        }
        return purposes;
    }

    private static List<Object> summary(Finding finding, Question question) {
        var facts = question.resource();
        return List.of(
                finding.answer(),
                finding.explicit(),
                finding.answer() == Finding.Answer.PERMIT
                        ? Stream.concat(
                                        facts.sensitivities().stream().filter(finding::namesSensitivity),
                                        Stream.of(facts.type()).filter(finding::namesType))
                                .toList()
                        : List.of());
    }

    private static List<Provision> without(String path, List<Provision> provisions) {
        return provisions.stream()
                .filter(each -> !each.path().equals(path))
                .map(each -> new Provision(
                        each.path(),
                        each.effect(),
                        each.requester(),
                        each.resource(),
                        without(path, each.provisions())))
                .toList();
    }

    private void contradict(boolean expected, Draft permit, Draft deny) {
        var permitting = new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                permit.rule().requester(),
                permit.rule().resource(),
                List.of());
        var refusing = new Computable(
                "Consent/2/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.DENY,
                deny.rule().requester(),
                deny.rule().resource(),
                List.of());

        assertThat(ConsentLint.check(permitting, List.of(refusing), NOW).stream()
                        .anyMatch(each -> each.kind() == Kind.CONTRADICTION))
                .as("%s and %s", permit, deny)
                .isEqualTo(expected);
    }

    private static List<String> found(Computable consent) {
        return ConsentLint.check(consent, List.of(), NOW).stream()
                .map(each -> each.path() + " " + each.kind().code())
                .toList();
    }

    private static Computable consent(Effect base, Draft... drafts) {
        return consent(TimeSpan.ALWAYS, base, drafts);
    }

    private static Computable valid(TimeSpan validity, Draft... drafts) {
        return consent(validity, Effect.PERMIT, drafts);
    }

    private static Computable consent(TimeSpan validity, Effect base, Draft... drafts) {
        return new Computable(
                "Consent/1/_history/1",
                validity,
                List.of(),
                base,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                placed("Consent.provision", List.of(drafts)));
    }

    private static Computable rooted(RequesterCriteria requester, ResourceCriteria resource, Draft... drafts) {
        return new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                requester,
                resource,
                placed("Consent.provision", List.of(drafts)));
    }

    private static ResourceCriteria levelled(Confidentiality level) {
        return data(DataClasses.ANY, DataCodes.ANY, new LabelCriteria(Set.of(), Set.of(level)))
                .resource();
    }

    private static Computable other(Computable consent) {
        return new Computable(
                "Consent/2/_history/1",
                consent.validity(),
                consent.bases(),
                consent.base(),
                consent.requester(),
                consent.resource(),
                consent.provisions());
    }

    private static List<Provision> placed(String parent, List<Draft> drafts) {
        var provisions = new ArrayList<Provision>();
        for (var draft : drafts) {
            provisions.add(draft.at(parent + ".provision[" + provisions.size() + "]"));
        }
        return provisions;
    }

    /** Criteria. */
    private record Rule(RequesterCriteria requester, ResourceCriteria resource) {}

    /** A provision that does not know where it stands. */
    private record Draft(Effect effect, Rule rule, List<Draft> exceptions) {
        Provision at(String path) {
            return new Provision(path, effect, rule.requester(), rule.resource(), placed(path, exceptions));
        }
    }

    private static final Rule EVERYTHING = new Rule(RequesterCriteria.ANYBODY, ResourceCriteria.ANYTHING);

    private static Draft permit(Rule rule, Draft... exceptions) {
        return new Draft(Effect.PERMIT, rule, List.of(exceptions));
    }

    private static Draft deny(Rule rule, Draft... exceptions) {
        return new Draft(Effect.DENY, rule, List.of(exceptions));
    }

    private static RequesterCriteria purposes(PurposeOfUse... purposes) {
        return new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(purposes), List.of());
    }

    private static Rule asking(PurposeOfUse... purposes) {
        return new Rule(purposes(purposes), ResourceCriteria.ANYTHING);
    }

    private static Rule named(String... actors) {
        return new Rule(
                new RequesterCriteria(TimeSpan.ALWAYS, List.of(actors), List.of(), List.of()),
                ResourceCriteria.ANYTHING);
    }

    private static Rule during(TimeSpan period) {
        return new Rule(new RequesterCriteria(period, List.of(), List.of(), List.of()), ResourceCriteria.ANYTHING);
    }

    private static Rule data(DataClasses classes, DataCodes codes, LabelCriteria labels) {
        return new Rule(
                RequesterCriteria.ANYBODY, new ResourceCriteria(Set.of(), classes, codes, labels, null, Set.of()));
    }

    private static Rule typed(String type) {
        return data(new DataClasses(Set.of(type), Set.of(), Set.of()), DataCodes.ANY, LabelCriteria.ANY);
    }

    private static Rule profiled() {
        return data(
                new DataClasses(Set.of(), Set.of("https://example.org/vital"), Set.of()),
                DataCodes.ANY,
                LabelCriteria.ANY);
    }

    private static Rule coded(String code) {
        return data(DataClasses.ANY, new DataCodes(Set.of(new Coding("loinc", code)), Set.of()), LabelCriteria.ANY);
    }

    private static Rule labelled(String sensitivity) {
        return data(DataClasses.ANY, DataCodes.ANY, new LabelCriteria(Set.of(sensitivity), Set.of()));
    }

    private static Rule documented() {
        return data(
                new DataClasses(Set.of(), Set.of(), Set.of(new Coding("loinc", "1"))),
                DataCodes.ANY,
                LabelCriteria.ANY);
    }

    private static Rule dated(int from, int until) {
        return dated(start(from), end(until));
    }

    private static Instant start(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }

    private static Instant end(int year) {
        return Instant.parse(year + "-12-31T00:00:00Z");
    }

    private static Rule dated(@Nullable Instant from, @Nullable Instant until) {
        return new Rule(
                RequesterCriteria.ANYBODY,
                new ResourceCriteria(
                        Set.of(),
                        DataClasses.ANY,
                        DataCodes.ANY,
                        LabelCriteria.ANY,
                        new TimeSpan(from, until),
                        Set.of()));
    }

    private static Rule about(String... references) {
        return new Rule(
                RequesterCriteria.ANYBODY,
                new ResourceCriteria(
                        Set.of(),
                        DataClasses.ANY,
                        DataCodes.ANY,
                        LabelCriteria.ANY,
                        null,
                        Stream.of(references)
                                .map(each -> new DataReference(DataReference.Meaning.INSTANCE, each))
                                .collect(Collectors.toSet())));
    }
}
