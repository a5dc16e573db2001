package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Laws that hold whatever the consents, the request and the resource; a failure names its seed. */
@DisplayName("the laws of the decision")
class DecisionLawsTest {

    @Test
    void theSameQuestionHasTheSameAnswer() {
        Seeds.forAll(seed -> assertThat(Case.of(new Some(seed)).decide())
                .isEqualTo(Case.of(new Some(seed)).decide()));
    }

    @Test
    void orderDoesNotMatter() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var other = new Shuffle(new Some(seed + 1));

            var shuffled = question.asked(other.request(question.request()))
                    .about(other.facts(question.facts()))
                    .with(other::consents);

            assertThat(shuffled.rule()).isEqualTo(question.rule());
        });
    }

    /** So that a release that is decided again names the reason it had. */
    @Test
    void theReasonDoesNotDependOnTheOrderOfConsents() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed)).with(DecisionLawsTest::numbered);
            var some = new Some(seed + 1);

            assertThat(question.with(some::shuffled).decide()).isEqualTo(question.decide());
        });
    }

    private static List<ConsentPolicy> numbered(List<ConsentPolicy> consents) {
        return IntStream.range(0, consents.size())
                .mapToObj(number -> numbered("Consent/" + number, consents.get(number)))
                .toList();
    }

    private static ConsentPolicy numbered(String id, ConsentPolicy consent) {
        return consent instanceof Computable it
                ? new Computable(
                        id, it.validity(), it.bases(), it.base(), it.requester(), it.resource(), it.provisions())
                : new ConsentPolicy.Uncomputable(id, "unreadable");
    }

    @Test
    void aConsentTwiceIsAConsentOnce() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));

            var doubled = question.with(consents -> {
                var twice = new ArrayList<>(consents);
                twice.addAll(consents);
                return twice;
            });

            assertThat(doubled.decide()).isEqualTo(question.decide());
        });
    }

    @Test
    void anAddedDenyingConsentRevealsNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var denied = question.with(consents -> plus(consents, some.denyingPolicy()));

            assertThat(denied.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void anAddedDenyingProvisionRevealsNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var denied = question.with(consents -> new Graft(some).into(consents));

            assertThat(denied.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void whatCannotBeComputedDeniesExceptWhereAlwaysHolds() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed)).under(Packs.US_OPT_OUT);

            var uncomputable = question.with(
                    consents -> plus(consents, new ConsentPolicy.Uncomputable("Consent/x", "unreadable")));

            assertThat(uncomputable.permits()).isEqualTo(isAlwaysPermitted(question));
        });
    }

    private boolean isAlwaysPermitted(Case question) {
        var requester = question.request().requester();
        return Relation.of(requester, question.facts()) != Relation.NONE
                || Category.of(question.facts()).always(requester);
    }

    @Test
    void anUnknownDateRevealsNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));

            var vague = question.about(dated(question.facts(), null));

            assertThat(vague.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void aVaguerDateRevealsNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var dates = question.facts().dates();
            if (dates != null) {
                var vaguer = dated(question.facts(), new TimeSpan(null, dates.until()));
                var vague = question.about(vaguer);

                assertThat(vague.permits() && !question.permits()).isFalse();
            }
        });
    }

    /** Without labels that need the patient's own yes: a yes by name may stand beside one that names nothing. */
    @Test
    void aMissingPurposeRevealsNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var facts = labelled(question.facts(), Set.of("PSY"));

            var silent = question.asked(asking(question.request(), Set.of())).about(facts);
            var asked = question.about(facts);

            assertThat(silent.permits() && !asked.permits()).isFalse();
        });
    }

    @Test
    void aFurtherPurposeRevealsNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);
            var purposes = question.request().requester().purposes();
            if (!purposes.isEmpty()) {
                var more = new HashSet<>(purposes);
                more.add(some.one(List.of(PurposeOfUse.values())));
                var further = question.asked(asking(question.request(), more));

                assertThat(further.permits() && !question.permits()).isFalse();
            }
        });
    }

    @Test
    void aFurtherPatientRevealsNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            if (!question.facts().patients().isEmpty()) {
                var everybody = named(question.facts(), new LinkedHashSet<>(Some.PATIENTS));
                var further = question.about(everybody);

                assertThat(further.permits() && !question.permits()).isFalse();
            }
        });
    }

    @Test
    void theReleaseRuleDecidesAsTheConsentsDo() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var request = question.request();
            if (Relation.of(request.requester(), question.facts()) == Relation.NONE) {
                var rule = ReleaseRule.bind(question.facts(), question.consents());
                var concerned = request.about(question.facts().patients());

                assertThat(DecisionPoint.decide(concerned, rule, question.policy())
                                .permits())
                        .isEqualTo(question.permits());
            }
        });
    }

    @Test
    void resourcesWithEqualReleaseRulesAreReleasedTogether() {
        var shared = new HashSet<Long>();
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var consents = some.consents();
            var byRule = new HashMap<ReleaseRule, ResourceFacts>();
            for (var count = 0; count < 8; count++) {
                var facts = some.facts();
                var twin = byRule.putIfAbsent(ReleaseRule.bind(facts, consents), facts);
                if (twin != null) {
                    shared.add(seed);
                    assertReleasedTogether(some, consents, facts, twin);
                }
            }
        });
        assertThat(shared).hasSizeGreaterThan(Seeds.CASES / 20);
    }

    private void assertReleasedTogether(
            Some some, Map<String, List<ConsentPolicy>> consents, ResourceFacts facts, ResourceFacts twin) {
        for (var count = 0; count < 4; count++) {
            var request = some.request();
            var mine = new Case(request, facts, some.policy(), consents);
            var theirs = mine.about(twin);
            var related =
                    Stream.of(facts, twin).anyMatch(each -> Relation.of(request.requester(), each) != Relation.NONE);
            if (!related && request.breakGlass() == null) {
                assertThat(mine.permits()).isEqualTo(theirs.permits());
            }
        }
    }

    private static List<ConsentPolicy> plus(List<ConsentPolicy> consents, ConsentPolicy added) {
        var more = new ArrayList<>(consents);
        more.add(added);
        return more;
    }

    private static AccessRequest asking(AccessRequest request, Set<PurposeOfUse> purposes) {
        var it = request.requester();
        var requester = new Requester(
                it.clientId(),
                it.tokenId(),
                it.organization(),
                it.organizations(),
                it.user(),
                it.patient(),
                it.memberships(),
                it.roles(),
                purposes);
        return new AccessRequest(requester, request.action(), request.at());
    }

    private static ResourceFacts dated(ResourceFacts it, @Nullable TimeSpan dates) {
        return facts(it, it.patients(), it.sensitivities(), dates);
    }

    private static ResourceFacts labelled(ResourceFacts it, Set<String> sensitivities) {
        return facts(it, it.patients(), sensitivities, it.dates());
    }

    private static ResourceFacts named(ResourceFacts it, Set<String> patients) {
        return facts(it, patients, it.sensitivities(), it.dates());
    }

    private static ResourceFacts facts(
            ResourceFacts it, Set<String> patients, Set<String> sensitivities, @Nullable TimeSpan dates) {
        return new ResourceFacts(
                it.type(),
                it.id(),
                it.version(),
                patients,
                it.compartments(),
                it.codes(),
                it.documentTypes(),
                it.profiles(),
                new Labels(sensitivities, it.confidentiality()),
                dates,
                it.origin(),
                it.references());
    }

    /** The same things, told in another order. */
    private record Shuffle(Some some) {

        AccessRequest request(AccessRequest it) {
            var shuffled = asking(
                    it,
                    new LinkedHashSet<>(some.shuffled(List.copyOf(it.requester().purposes()))));
            return new AccessRequest(shuffled.requester(), it.action(), it.at(), it.breakGlass());
        }

        ResourceFacts facts(ResourceFacts it) {
            return new ResourceFacts(
                    it.type(),
                    it.id(),
                    it.version(),
                    set(it.patients()),
                    set(it.compartments()),
                    set(it.codes()),
                    set(it.documentTypes()),
                    set(it.profiles()),
                    new Labels(set(it.sensitivities()), it.confidentiality()),
                    it.dates(),
                    it.origin(),
                    set(it.references()));
        }

        List<ConsentPolicy> consents(List<ConsentPolicy> consents) {
            return some.shuffled(consents.stream().map(this::consent).toList());
        }

        private ConsentPolicy consent(ConsentPolicy policy) {
            return policy instanceof Computable it
                    ? new Computable(
                            it.id(),
                            it.validity(),
                            it.bases(),
                            it.base(),
                            criteria((RequesterCriteria) it.requester()),
                            criteria((ResourceCriteria) it.resource()),
                            provisions(it.provisions()))
                    : policy;
        }

        private List<Provision> provisions(List<Provision> provisions) {
            return some.shuffled(provisions.stream()
                    .map(it -> new Provision(
                            it.path(),
                            it.effect(),
                            criteria((RequesterCriteria) it.requester()),
                            criteria((ResourceCriteria) it.resource()),
                            provisions(it.provisions())))
                    .toList());
        }

        private RequesterCriteria criteria(RequesterCriteria it) {
            return new RequesterCriteria(
                    it.period(),
                    some.shuffled(it.recipients()),
                    some.shuffled(it.purposes()),
                    some.shuffled(it.actions()));
        }

        private ResourceCriteria criteria(ResourceCriteria it) {
            return new ResourceCriteria(
                    set(it.origins()),
                    it.classes(),
                    new DataCodes(set(it.codes().codes()), it.codes().valueSets()),
                    new LabelCriteria(
                            set(it.labels().sensitivities()), set(it.labels().levels())),
                    it.dataPeriod(),
                    set(it.data()));
        }

        private <T> Set<T> set(Set<T> values) {
            return new LinkedHashSet<>(some.shuffled(List.copyOf(values)));
        }
    }
}
