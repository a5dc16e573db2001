package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.DataReference.Meaning;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.consent.TokenResidual.TokenRule;
import org.accordhie.consent.Wish.Base;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.Sensitivity;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the rules for one requester, in the words that an access token has for it, so that an enforcement point which
 * knows neither the consents nor the law can keep them. A token can say less than a consent: it knows no classes, no codes and
 * no exceptions to exceptions. Where its words do not suffice the offer forbids more, never less, and says so.
 *
 * <p>It is about the patient's data, not about their Consents, which no token opens; and of data that names a second patient
 * that patient's own residual must be asked too. Source: IHE Privacy Consent on FHIR (PCF), {@code residual}.
 *
 * @param residual what a token should forbid
 * @param isExact whether it forbids nothing that the decision permits to everybody whom the rules alone permit it
 */
public record ResidualOffer(TokenResidual residual, boolean isExact) {

    private static final TokenRule FORBID_ALL = new TokenRule(Effect.DENY, ResourceCriteria.ANYTHING);

    /**
     * Offers what is left for a request. Of a request for several purposes, or in an emergency, nothing is left to a token.
     *
     * @param patient whose data, as {@code Patient/[id]}
     */
    public static ResidualOffer of(AccessRequest request, String patient, Rules rules) {
        var purposes = DecisionPoint.purposesOf(request);
        // A token has no words for elements, and what follows it would release them.
        if (purposes.size() != 1
                || request.breakGlass() != null
                || !rules.policy().removed(request).isEmpty()) {
            return all(patient, false);
        }
        var question = new Question(request, purposes.iterator().next(), null);
        var law = Law.of(rules.policy(), question);
        var wishes = new ArrayList<Wish>();
        var laws = new ArrayList<String>();
        for (var consent : rules.of(patient)) {
            if (!(PartialEvaluation.withRequester(consent, question) instanceof Computable computable)) {
                return all(patient, law.always().isEmpty());
            }
            wishes.add(Wish.of(computable, question));
            laws.addAll(computable.bases());
        }
        return new Translation(patient, wishes, laws, law).offer();
    }

    private static ResidualOffer all(String patient, boolean isExact) {
        return new ResidualOffer(new TokenResidual(patient, List.of(FORBID_ALL)), isExact);
    }

    /** The rules of law as they speak to the requester, by kind. */
    private record Law(
            List<Wish> never, List<Wish> always, List<Wish> required, List<Wish> byDefault, Set<String> asking) {

        static Law of(ReleasePolicy policy, Question question) {
            return new Law(
                    of(Kind.NEVER, policy, question),
                    of(Kind.ALWAYS, policy, question),
                    of(Kind.REQUIRES_CONSENT, policy, question),
                    of(Kind.DEFAULT, policy, question),
                    policy.rules().stream()
                            .filter(each -> each.kind() == Kind.REQUIRES_CONSENT)
                            .flatMap(each -> each.rule().bases().stream())
                            .collect(Collectors.toSet()));
        }

        private static List<Wish> of(Kind kind, ReleasePolicy policy, Question question) {
            return policy.rules().stream()
                    .filter(each -> each.kind() == kind)
                    .map(each -> (Computable) PartialEvaluation.withRequester(each.rule(), question))
                    .map(each -> Wish.of(each, question))
                    .filter(each -> !each.isSilent())
                    .toList();
        }

        /** Whether it never tells of anything. */
        boolean closes() {
            return never.stream().anyMatch(each -> each.is(Base.CLOSED));
        }

        /** Whether a yes is asked for whatever the data is; any permit answers it. */
        boolean asksAlways() {
            return required.stream().anyMatch(each -> each.is(Base.CLOSED));
        }

        /** The data for which a yes by name is asked. */
        List<ResourceCriteria> asked() {
            return required.stream().flatMap(each -> each.denials().stream()).toList();
        }

        boolean isSimple() {
            return always.isEmpty()
                    && Stream.of(never, required, byDefault)
                            .flatMap(List::stream)
                            .allMatch(Wish::isSimple);
        }
    }

    /** From what is said to the requester to the rules of a token. */
    private record Translation(String patient, List<Wish> wishes, List<String> givenUnder, Law law) {

        ResidualOffer offer() {
            var closing = wishes.stream().filter(each -> each.is(Base.CLOSED)).toList();
            if (law.closes() || closing.size() > 1) {
                return all(patient, false);
            }
            if (!Stream.concat(denials().stream(), law.asked().stream()).allMatch(Translation::isExpressible)) {
                return all(patient, false);
            }
            if (closing.size() == 1) {
                return only(closing);
            }
            if (wishes.stream().anyMatch(each -> each.is(Base.OPEN))) {
                return allBut(denials(), true);
            }
            return wishes.stream().anyMatch(each -> each.is(Base.LIMITED)) ? only(wishes) : byDefault();
        }

        private List<ResourceCriteria> denials() {
            return Stream.concat(wishes.stream(), law.never().stream())
                    .flatMap(each -> each.denials().stream())
                    .toList();
        }

        private List<ResourceCriteria> permits() {
            return wishes.stream().flatMap(each -> each.permits().stream()).toList();
        }

        private boolean isSimple() {
            return law.isSimple()
                    && wishes.stream().allMatch(Wish::isSimple)
                    && Collections.disjoint(law.asking(), givenUnder);
        }

        /** Nothing but these. A permit of a token passes every forbid, so that it cannot stand beside a further denial. */
        private ResidualOffer only(List<Wish> permitting) {
            var permits =
                    permitting.stream().flatMap(each -> each.permits().stream()).toList();
            if (!denials().isEmpty()) {
                return all(patient, permits.isEmpty() && isSimple());
            }
            var rules = new ArrayList<>(List.of(FORBID_ALL));
            permitting.stream()
                    .flatMap(this::counted)
                    .filter(Translation::isExpressible)
                    .forEach(each -> rules.add(rule(Effect.PERMIT, each)));
            return new ResidualOffer(
                    new TokenResidual(patient, rules), isSimple() && rules.size() == permits.size() + 1);
        }

        /** All but these and what the law asks a yes for; that the patient has said it, by label alone, passes the law. */
        private ResidualOffer allBut(List<ResourceCriteria> denied, boolean isExact) {
            var asked = law.asked();
            var rules = Stream.concat(denied.stream(), asked.stream())
                    .map(each -> rule(Effect.DENY, each))
                    .collect(Collectors.toCollection(ArrayList::new));
            var yes = asked.isEmpty() ? List.<ResourceCriteria>of() : permits();
            var said = asked.isEmpty()
                    ? yes
                    : wishes.stream()
                            .flatMap(this::counted)
                            .filter(Translation::isOfLabelsAlone)
                            .toList();
            if (denied.isEmpty()) {
                said.forEach(each -> rules.add(rule(Effect.PERMIT, each)));
            }
            var allSaid = denied.isEmpty() ? said.size() == yes.size() : yes.isEmpty();
            return new ResidualOffer(new TokenResidual(patient, rules), isExact && allSaid && isSimple());
        }

        /** What holds where the patient has said nothing. */
        private ResidualOffer byDefault() {
            var rules = law.byDefault();
            if (rules.size() != 1 || law.asksAlways()) {
                return all(patient, rules.isEmpty() && saysNothingElse());
            }
            var denied = deniedByDefault(rules.get(0));
            if (denied == null || !denied.stream().allMatch(Translation::isExpressible)) {
                return all(patient, false);
            }
            var unsaid = new Translation(patient, List.of(), givenUnder, law);
            var isWhole = saysNothingElse() && permitsByLevelAlone(rules.get(0));
            return unsaid.allBut(
                    Stream.concat(denials().stream(), denied.stream()).toList(), isWhole);
        }

        private boolean saysNothingElse() {
            return permits().isEmpty() && isSimple();
        }

        private static boolean permitsByLevelAlone(Wish rule) {
            return rule.is(Base.OPEN) || rule.permits().stream().allMatch(Translation::isEverySensitivity);
        }

        /** Null where a token has no words for it. */
        private static @Nullable List<ResourceCriteria> deniedByDefault(Wish rule) {
            if (rule.is(Base.OPEN)) {
                return rule.denials();
            }
            var above = rule.is(Base.CLOSED) ? aboveWhatIsPermitted(rule) : null;
            return above == null
                    ? null
                    : Stream.concat(rule.denials().stream(), above.stream()).toList();
        }

        /** Where a default permits all up to a confidentiality, what is above it; null where it permits something else. */
        private static @Nullable List<ResourceCriteria> aboveWhatIsPermitted(Wish rule) {
            return rule.permits().stream()
                    .filter(Translation::isEverySensitivity)
                    .flatMap(each -> each.labels().levels().stream())
                    .max(Confidentiality::compareTo)
                    .map(Translation::above)
                    .orElse(null);
        }

        /**
         * The permits of a wish that are the yes which the law asks for. An exception without a label would take the place of
         * what it is an exception to, and say no such yes.
         */
        private Stream<ResourceCriteria> counted(Wish wish) {
            var alone =
                    wish.isSimple() && (!wish.is(Base.LIMITED) || wish.permits().size() == 1);
            return wish.permits().stream().filter(each -> law.asked().isEmpty() || (alone && namesWhatIsAsked(each)));
        }

        /** Whether a permit opens nothing that the law asks a yes for without being that yes. */
        private boolean namesWhatIsAsked(ResourceCriteria permit) {
            return law.asked().stream().allMatch(asked -> {
                var asksLevels = !asked.labels().levels().isEmpty();
                return !permit.labels().isEmpty()
                        && (!asksLevels || !permit.labels().levels().isEmpty());
            });
        }

        private static List<ResourceCriteria> above(Confidentiality level) {
            return Stream.of(Confidentiality.values())
                    .filter(each -> each.compareTo(level) > 0)
                    .limit(1)
                    .map(each -> ofLabels(new LabelCriteria(Set.of(), Set.of(each))))
                    .toList();
        }

        private static ResourceCriteria ofLabels(LabelCriteria labels) {
            return new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, labels, null, Set.of());
        }

        private static boolean isOfLabelsAlone(ResourceCriteria criteria) {
            return criteria.equals(ofLabels(criteria.labels()));
        }

        private static boolean isEverySensitivity(ResourceCriteria criteria) {
            return isOfLabelsAlone(criteria)
                    && criteria.labels().sensitivities().contains(Sensitivity.ANY)
                    && !criteria.labels().levels().isEmpty();
        }

        /** Tokens have no classes and no codes, and tell origins as authors, which are or'ed with other data. */
        private static boolean isExpressible(ResourceCriteria criteria) {
            return criteria.classes().equals(DataClasses.ANY)
                    && criteria.codes().equals(DataCodes.ANY)
                    && (criteria.origins().isEmpty() || criteria.data().isEmpty());
        }

        private static TokenRule rule(Effect effect, ResourceCriteria criteria) {
            var data = Stream.concat(
                            criteria.data().stream(),
                            criteria.origins().stream().map(each -> new DataReference(Meaning.AUTHOREDBY, each)))
                    .collect(Collectors.toSet());
            return new TokenRule(
                    effect,
                    new ResourceCriteria(
                            Set.of(), DataClasses.ANY, DataCodes.ANY, criteria.labels(), criteria.dataPeriod(), data));
        }
    }
}
