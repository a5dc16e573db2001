package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.Emergency;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each change is carried out here a second time, and must flip the outcome. */
@DisplayName("what would have changed a decision")
class CounterfactualsTest {

    private static final int CASES = 3_000;

    @Test
    void changesIt() {
        var kinds = new HashSet<Class<?>>();
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            var request = some.request();
            var facts = some.facts();
            var rules = new Rules(some.policy(), some.consents());
            var others = List.of(some.requester(), some.requester());
            var permitted = DecisionPoint.decide(request, facts, rules).permits();

            for (var each : Counterfactuals.of(request, facts, rules, others)) {
                kinds.add(each.change().getClass());
                assertThat(each.permitted()).isEqualTo(!permitted);
                assertThat(outcome(each.change(), request, facts, rules, others))
                        .as("%s", each)
                        .contains(!permitted);
            }
        });
        assertThat(kinds).hasSize(7);
    }

    /** Of another organisation there may be several requesters, of whom one must make the difference. */
    private static Set<Boolean> outcome(
            Change change, AccessRequest request, ResourceFacts facts, Rules rules, List<Requester> others) {
        if (change instanceof AnotherOrganization other) {
            return others.stream()
                    .filter(each -> each.organization().equals(other.organization()))
                    .map(each -> permits(
                            new AccessRequest(each, request.action(), request.at(), request.breakGlass()),
                            facts,
                            rules))
                    .collect(java.util.stream.Collectors.toSet());
        }
        return Set.of(permits(asked(change, request), facts, ruled(change, rules, facts)));
    }

    private static boolean permits(AccessRequest request, ResourceFacts facts, Rules rules) {
        return DecisionPoint.decide(request, facts, rules).permits();
    }

    private static AccessRequest asked(Change change, AccessRequest request) {
        var requester = request.requester();
        if (change instanceof AnotherPurpose other) {
            return new AccessRequest(requester.asking(Set.of(other.purpose())), request.action(), request.at());
        }
        if (change instanceof Emergency emergency) {
            return new AccessRequest(
                    requester.asking(Set.of(PurposeOfUse.BTG)),
                    request.action(),
                    request.at(),
                    new BreakGlass(emergency.patient(), "test"));
        }
        if (change instanceof AnotherTime time) {
            return new AccessRequest(requester, request.action(), time.at(), request.breakGlass());
        }
        return request;
    }

    private static Rules ruled(Change change, Rules rules, ResourceFacts facts) {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        rules.consents().forEach((patient, theirs) -> consents.put(patient, new ArrayList<>(theirs)));
        if (change instanceof WithoutConsents without) {
            consents.values()
                    .forEach(theirs -> theirs.removeIf(each -> without.ids().contains(each.id())));
        }
        if (change instanceof AnotherConsent consent) {
            var level = Set.of(facts.confidentiality());
            var named = new HashSet<>(consent.labels());
            var labels = named.remove(facts.confidentiality().name())
                    ? new LabelCriteria(named, level)
                    : new LabelCriteria(named, Set.of());
            var yes = new ConsentPolicy.Computable(
                    "Consent/yes",
                    org.accordhie.vocabulary.TimeSpan.ALWAYS,
                    List.of(),
                    Effect.PERMIT,
                    RequesterCriteria.ANYBODY,
                    new ResourceCriteria(
                            Set.of(),
                            new ResourceCriteria.DataClasses(Set.of(facts.type()), Set.of(), Set.of()),
                            ResourceCriteria.DataCodes.ANY,
                            labels,
                            null,
                            Set.of()),
                    List.of());
            facts.patients()
                    .forEach(patient -> consents.computeIfAbsent(patient, none -> new ArrayList<>())
                            .add(yes));
        }
        var laws = new ArrayList<>(rules.policy().rules());
        if (change instanceof WithoutLaw without) {
            laws.removeIf(law -> law.rule().id().equals(without.id()));
        }
        return new Rules(new ReleasePolicy(laws), consents);
    }

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** Which permits payment, and nothing else, where the patient says nothing. */
    private static final ReleasePolicy PAYMENT = new ReleasePolicy(List.of(new HardRule(
            HardRule.Kind.DEFAULT,
            "payment",
            says("Consent/law/_history/1", Effect.DENY, provision(Effect.PERMIT, asking(PurposeOfUse.HPAYMT))))));

    private static ResourceFacts observation(Confidentiality level, String... sensitivities) {
        return new ResourceFacts(
                "Observation",
                "1",
                1,
                Set.of("Patient/ann"),
                Set.of("Patient/ann"),
                Set.of(),
                Set.of(),
                Set.of(),
                new Labels(Set.of(sensitivities), level),
                null,
                Origin.EXCHANGE,
                Set.of());
    }

    private static Requester member(String organization, PurposeOfUse purpose, String... teams) {
        return new Requester(
                "app", "", organization, Set.of(organization), null, null, Set.of(teams), Set.of(), Set.of(purpose));
    }

    private static RequesterCriteria asking(PurposeOfUse purpose) {
        return new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(purpose), List.of());
    }

    private static RequesterCriteria during(TimeSpan period) {
        return new RequesterCriteria(period, List.of(), List.of(), List.of());
    }

    private static Provision provision(Effect effect, RequesterCriteria requester, Provision... exceptions) {
        return new Provision("p", effect, requester, ResourceCriteria.ANYTHING, List.of(exceptions));
    }

    private static Computable says(String id, Effect base, Provision... provisions) {
        return says(id, TimeSpan.ALWAYS, base, LabelCriteria.ANY, provisions);
    }

    private static Computable says(
            String id, TimeSpan validity, Effect base, LabelCriteria labels, Provision... provisions) {
        var criteria = new ResourceCriteria(
                Set.of(), ResourceCriteria.DataClasses.ANY, ResourceCriteria.DataCodes.ANY, labels, null, Set.of());
        return new Computable(id, validity, List.of(), base, RequesterCriteria.ANYBODY, criteria, List.of(provisions));
    }

    private static HardRule needsYes(LabelCriteria labels) {
        return new HardRule(
                HardRule.Kind.REQUIRES_CONSENT,
                "a yes",
                says("Consent/yes/_history/1", TimeSpan.ALWAYS, Effect.DENY, labels));
    }

    private static List<Change> changes(
            PurposeOfUse purpose, ResourceFacts facts, ReleasePolicy policy, ConsentPolicy... consents) {
        return changes(member("Organization/a", purpose), facts, policy, List.of(), consents);
    }

    private static List<Change> changes(
            Requester requester,
            ResourceFacts facts,
            ReleasePolicy policy,
            List<Requester> others,
            ConsentPolicy... consents) {
        var rules = new Rules(policy, Map.of("Patient/ann", List.of(consents)));
        return Counterfactuals.of(new AccessRequest(requester, AccessRequest.ACCESS, NOW), facts, rules, others)
                .stream()
                .map(Counterfactual::change)
                .toList();
    }

    @Test
    void isNoEmergencyWhereItWasPermitted() {
        var plain = observation(Confidentiality.N);

        assertThat(changes(PurposeOfUse.HPAYMT, plain, PAYMENT)).noneMatch(Emergency.class::isInstance);
        assertThat(changes(PurposeOfUse.TREAT, plain, Packs.US_OPT_OUT, says("Consent/1/_history/1", Effect.DENY)))
                .contains(new Emergency("Patient/ann"));
    }

    @Test
    void isOneConsentOrElseAllThatSettledIt() {
        var plain = observation(Confidentiality.N);
        var one = says("Consent/1/_history/1", Effect.DENY);
        var two = says("Consent/2/_history/1", Effect.DENY);
        var silent = says("Consent/3/_history/1", new TimeSpan(null, Instant.EPOCH), Effect.DENY, LabelCriteria.ANY);

        assertThat(withouts(changes(PurposeOfUse.HPAYMT, plain, PAYMENT, one, silent)))
                .containsExactly(Set.of("Consent/1/_history/1"));
        assertThat(withouts(changes(PurposeOfUse.HPAYMT, plain, PAYMENT, one, two, silent)))
                .containsExactly(Set.of("Consent/1/_history/1", "Consent/2/_history/1"));
        assertThat(withouts(changes(PurposeOfUse.HPAYMT, plain, PAYMENT, silent)))
                .isEmpty();
    }

    @Test
    void isOneConsentOfTwoThatPermitWhereOnlyItNamesWhatTheLawAsksFor() {
        var notes = observation(Confidentiality.N, "PSY");
        var law = new ReleasePolicy(List.of(needsYes(new LabelCriteria(Set.of("PSY"), Set.of()))));
        var byName = says(
                "Consent/1/_history/1", TimeSpan.ALWAYS, Effect.PERMIT, new LabelCriteria(Set.of("PSY"), Set.of()));
        var general = says("Consent/2/_history/1", Effect.PERMIT);

        assertThat(withouts(changes(PurposeOfUse.TREAT, notes, law, byName, general)))
                .containsExactly(Set.of("Consent/1/_history/1"));
    }

    @Test
    void isOfTheConsentsThatDecideAndNotOfTheLawsBesideThem() {
        var asks = member("Organization/a", PurposeOfUse.TREAT).asking(Set.of(PurposeOfUse.TREAT, PurposeOfUse.HRESCH));
        var changes = changes(
                asks,
                observation(Confidentiality.N),
                Packs.US_OPT_OUT,
                List.of(),
                sharing("Consent/1/_history/1"),
                sharing("Consent/2/_history/1"));

        assertThat(withouts(changes)).containsExactly(Set.of("Consent/1/_history/1", "Consent/2/_history/1"));
    }

    private static Computable sharing(String id) {
        return new Computable(
                id,
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                asking(PurposeOfUse.HRESCH),
                ResourceCriteria.ANYTHING,
                List.of());
    }

    private static List<Set<String>> withouts(List<Change> changes) {
        return changes.stream()
                .filter(WithoutConsents.class::isInstance)
                .map(each -> ((WithoutConsents) each).ids())
                .toList();
    }

    @Test
    void isTheLeastThatAConsentMustName() {
        var notes = observation(Confidentiality.R, "PSY");
        var nothing = new ReleasePolicy(List.of());
        var sensitivity = new ReleasePolicy(List.of(needsYes(new LabelCriteria(Set.of("PSY"), Set.of()))));
        var level = new ReleasePolicy(List.of(
                needsYes(new LabelCriteria(Set.of("PSY"), Set.of())),
                needsYes(new LabelCriteria(Set.of(), Set.of(Confidentiality.R)))));

        assertThat(yeses(changes(PurposeOfUse.TREAT, notes, nothing))).containsExactly(Set.of());
        assertThat(yeses(changes(PurposeOfUse.TREAT, notes, sensitivity))).containsExactly(Set.of("PSY"));
        assertThat(yeses(changes(PurposeOfUse.TREAT, notes, level))).containsExactly(Set.of("PSY", "R"));
    }

    private static List<Set<String>> yeses(List<Change> changes) {
        return changes.stream()
                .filter(AnotherConsent.class::isInstance)
                .map(each -> ((AnotherConsent) each).labels())
                .toList();
    }

    @Test
    void isTheNearestInstantBeforeAndAfterAtWhichAConsentOrARuleOfItIsNotInForce() {
        var plain = observation(Confidentiality.N);
        var day = new TimeSpan(NOW.minusSeconds(60), NOW.plusSeconds(60));
        var around = new AnotherTime[] {
            new AnotherTime(NOW.plusSeconds(60).plusMillis(1)),
            new AnotherTime(NOW.minusSeconds(60).minusMillis(1))
        };

        assertThat(times(says("Consent/1/_history/1", day, Effect.DENY, LabelCriteria.ANY)))
                .containsExactly(around);
        assertThat(times(says(
                        "Consent/1/_history/1",
                        Effect.PERMIT,
                        provision(Effect.PERMIT, RequesterCriteria.ANYBODY, provision(Effect.DENY, during(day))))))
                .containsExactly(around);
        assertThat(changes(PurposeOfUse.HPAYMT, plain, PAYMENT)).noneMatch(AnotherTime.class::isInstance);
    }

    private static List<Change> times(ConsentPolicy consent) {
        return changes(PurposeOfUse.HPAYMT, observation(Confidentiality.N), PAYMENT, consent).stream()
                .filter(AnotherTime.class::isInstance)
                .toList();
    }

    @Test
    void isAnotherOrganisationAndNotAnotherMemberOfTheSame() {
        var team = new RequesterCriteria(TimeSpan.ALWAYS, List.of("CareTeam/ward"), List.of(), List.of());
        var toTeam = says("Consent/1/_history/1", Effect.DENY, provision(Effect.PERMIT, team));
        var asks = member("Organization/a", PurposeOfUse.TREAT);
        var others = List.of(
                member("Organization/a", PurposeOfUse.TREAT, "CareTeam/ward"),
                member("Organization/b", PurposeOfUse.TREAT, "CareTeam/ward"),
                member("Organization/c", PurposeOfUse.TREAT));

        assertThat(changes(asks, observation(Confidentiality.N), new ReleasePolicy(List.of()), others, toTeam))
                .filteredOn(AnotherOrganization.class::isInstance)
                .containsExactly(new AnotherOrganization("Organization/b"));
    }
}
