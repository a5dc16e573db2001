package org.accordhie.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.Emergency;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;

/** Finds what would have changed the outcome, by deciding again with one thing otherwise. */
public final class Counterfactuals {

    /** The purposes tried: the broad ones that law speaks of. */
    private static final List<PurposeOfUse> PURPOSES = List.of(
            PurposeOfUse.TREAT, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT, PurposeOfUse.PUBHLTH, PurposeOfUse.HRESCH);

    /** As many other organisations are named at most. */
    private static final int ORGANIZATIONS = 5;

    private final Hypothesis asked;
    private final boolean permitted;
    private final List<Counterfactual> found = new ArrayList<>();

    private Counterfactuals(Hypothesis asked) {
        this.asked = asked;
        this.permitted = asked.permits();
    }

    /**
     * The changes that would flip the outcome, each by itself.
     *
     * @param others the requesters that could ask instead
     */
    public static List<Counterfactual> of(
            AccessRequest request, ResourceFacts facts, Rules rules, Collection<Requester> others) {
        var search = new Counterfactuals(new Hypothesis(request, facts, rules));
        search.tryPurposes();
        search.tryEmergency();
        search.tryConsents();
        search.tryLaws();
        search.tryTimes();
        search.tryOrganizations(others);
        return List.copyOf(search.found);
    }

    private boolean trying(Change change, Hypothesis instead) {
        var flips = instead.permits() != permitted;
        if (flips) {
            found.add(new Counterfactual(change, !permitted));
        }
        return flips;
    }

    private void tryPurposes() {
        for (var purpose : PURPOSES) {
            if (!asked.request().requester().purposes().equals(Set.of(purpose))) {
                trying(new AnotherPurpose(purpose), asked.withPurpose(purpose));
            }
        }
    }

    private void tryEmergency() {
        var patients = asked.facts().patients();
        if (!permitted && patients.size() == 1) {
            var patient = patients.iterator().next();
            trying(new Emergency(patient), asked.inEmergency(patient));
        }
    }

    private void tryConsents() {
        var ids = consents().map(ConsentPolicy::id).collect(Collectors.toCollection(TreeSet::new));
        var one = false;
        for (var id : ids) {
            one |= trying(new WithoutConsents(Set.of(id)), asked.withoutConsents(Set.of(id)));
        }
        if (!one) {
            tryAllThatDecide();
        }
        if (!permitted) {
            tryOneMore();
        }
    }

    /** A general consent, else one that names the sensitivities, else one that names the confidentiality too. */
    private void tryOneMore() {
        var facts = asked.facts();
        var all = new TreeSet<>(facts.sensitivities());
        all.add(facts.confidentiality().name());
        for (var labels : new LinkedHashSet<Set<String>>(List.of(Set.of(), facts.sensitivities(), all))) {
            if (trying(new AnotherConsent(labels), asked.withConsent(labels))) {
                return;
            }
        }
    }

    /** Where no consent alone makes the difference, those together may that settled it. */
    private void tryAllThatDecide() {
        var deciding = Explanation.of(asked.request(), asked.facts(), asked.rules()).deciders().stream()
                .filter(each -> each.title().isEmpty() && !each.rule().isEmpty())
                .map(Proof.Decider::rule)
                .collect(Collectors.toSet());
        trying(new WithoutConsents(deciding), asked.withoutConsents(deciding));
    }

    private void tryLaws() {
        for (var law : asked.rules().policy().rules()) {
            trying(
                    new WithoutLaw(law.rule().id(), law.title()),
                    asked.withoutLaw(law.rule().id()));
        }
    }

    /** The outcome can change only where a rule begins or ends: the nearest such instant on either side that does is named. */
    private void tryTimes() {
        var now = asked.request().at();
        var bounds = Stream.concat(
                        consents(), asked.rules().policy().rules().stream().map(HardRule::rule))
                .flatMap(Spans::of)
                .flatMap(Counterfactuals::boundsOf)
                .distinct()
                .toList();
        tryFirst(bounds.stream().filter(now::isBefore).sorted());
        tryFirst(bounds.stream().filter(now::isAfter).sorted(Comparator.reverseOrder()));
    }

    private void tryFirst(Stream<Instant> nearestFirst) {
        nearestFirst
                .filter(instant -> asked.at(instant).permits() != permitted)
                .findFirst()
                .ifPresent(instant -> found.add(new Counterfactual(new AnotherTime(instant), !permitted)));
    }

    /** The instants on either side of each end. */
    private static Stream<Instant> boundsOf(TimeSpan span) {
        var step = Duration.ofMillis(1);
        var from = span.from();
        var until = span.until();
        return Stream.concat(
                from == null ? Stream.empty() : Stream.of(from.minus(step), from),
                until == null ? Stream.empty() : Stream.of(until, until.plus(step)));
    }

    private void tryOrganizations(Collection<Requester> others) {
        var already = asked.request().requester().organization();
        others.stream()
                .filter(other -> !other.organization().equals(already))
                .sorted(Comparator.comparing(Requester::organization))
                .filter(other -> asked.by(other).permits() != permitted)
                .map(Requester::organization)
                .distinct()
                .limit(ORGANIZATIONS)
                .forEach(each -> found.add(new Counterfactual(new AnotherOrganization(each), !permitted)));
    }

    private Stream<ConsentPolicy> consents() {
        return asked.facts().patients().stream().flatMap(patient -> asked.rules().of(patient).stream());
    }
}
