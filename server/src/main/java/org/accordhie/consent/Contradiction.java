package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.Finding.Answer;
import org.accordhie.consent.LintFinding.Kind;

/**
 * Where two consents of one patient say the opposite to one question. Each one found is shown by such a question, to which the
 * ordinary evaluation gives the two answers.
 */
final class Contradiction {

    private Contradiction() {}

    /** For each rule of the consent that another one contradicts, once. */
    static Collection<LintFinding> between(Computable consent, Computable other, Instant at) {
        var found = new LinkedHashMap<String, LintFinding>();
        var when = instant(consent, other, at);
        if (when.isEmpty()) {
            return List.of();
        }
        for (var rule : rulesOf(consent)) {
            for (var opposed : rulesOf(other)) {
                if (last(rule).effect() != last(opposed).effect()) {
                    var all = new ArrayList<>(rule);
                    all.addAll(opposed);
                    new Witness(all)
                            .at(when.get())
                            .flatMap(question -> contradict(consent, other, question))
                            .findFirst()
                            .ifPresent(finding -> found.putIfAbsent(finding.path(), finding));
                }
            }
        }
        return found.values();
    }

    private static Stream<LintFinding> contradict(Computable consent, Computable other, Question question) {
        var says = Evaluation.of(consent, question);
        var said = Evaluation.of(other, question);
        var opposed = (says.answer() == Answer.PERMIT && said.answer() == Answer.DENY)
                || (says.answer() == Answer.DENY && said.answer() == Answer.PERMIT);
        if (!opposed) {
            return Stream.empty();
        }
        var id = other.id().replaceFirst("/_history/.*", "");
        return Stream.of(new LintFinding(
                says.path(),
                Kind.CONTRADICTION,
                says.denies()
                        ? "denies what `" + said.path() + "` of `" + id + "` permits; the denial holds"
                        : "permits what `" + said.path() + "` of `" + id + "` denies; the denial holds",
                id));
    }

    /** A moment at which both are in force: this one, or else the first. */
    private static Optional<Instant> instant(Computable consent, Computable other, Instant at) {
        var moments = new ArrayList<Instant>();
        moments.add(at);
        addBeginning(consent, moments);
        addBeginning(other, moments);
        return moments.stream()
                .filter(moment -> !moment.isBefore(at)
                        && consent.validity().contains(moment)
                        && other.validity().contains(moment))
                .findFirst();
    }

    private static void addBeginning(Computable consent, List<Instant> moments) {
        var from = consent.validity().from();
        if (from != null) {
            moments.add(from);
        }
    }

    /** Every rule with those it stands in, outermost first; the root stands in none, and none of the others in it. */
    private static List<List<Provision>> rulesOf(Computable consent) {
        var rules = new ArrayList<List<Provision>>();
        rules.add(List.of(
                new Provision(Finding.ROOT, consent.base(), consent.requester(), consent.resource(), List.of())));
        addRules(consent.provisions(), List.of(), rules);
        return rules;
    }

    private static void addRules(List<Provision> siblings, List<Provision> outer, List<List<Provision>> rules) {
        for (var provision : siblings) {
            var rule = new ArrayList<>(outer);
            rule.add(provision);
            rules.add(rule);
            addRules(provision.provisions(), rule, rules);
        }
    }

    private static Provision last(List<Provision> rule) {
        return rule.get(rule.size() - 1);
    }
}
