package org.accordhie.consent;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;

/** Rules made from nothing but the truth values that a proof recorded. */
record Recorded(ResourceFacts facts) {

    ConsentPolicy consent(Proof.Said said) {
        if (!said.uncomputable().isEmpty()) {
            return new ConsentPolicy.Uncomputable(said.id(), said.uncomputable());
        }
        var root = said.root();
        return root == null ? silent(said.id()) : computable(said.id(), root, said.bases());
    }

    private static Computable silent(String id) {
        var nobody = new ContextCriteria.Known(Match.NO, false);
        return new Computable(
                id, TimeSpan.ALWAYS, List.of(), Effect.DENY, nobody, DataCriteria.Known.COVERED, List.of());
    }

    private Computable computable(String id, Proof.Rule root, List<String> bases) {
        return new Computable(
                id, TimeSpan.ALWAYS, bases, root.effect(), context(root), data(root), provisions(root.exceptions()));
    }

    private List<Provision> provisions(List<Proof.Rule> rules) {
        return rules.stream()
                .map(rule -> new Provision(
                        rule.path(), rule.effect(), context(rule), data(rule), provisions(rule.exceptions())))
                .toList();
    }

    private static ContextCriteria context(Proof.Rule rule) {
        return new ContextCriteria.Known(
                least(rule.requester()), values(rule, Criterion.PURPOSE).contains("BTG"));
    }

    private DataCriteria data(Proof.Rule rule) {
        var labels = values(rule, Criterion.SECURITY_LABEL);
        var stated = new ResourceCriteria(
                Set.of(),
                new DataClasses(values(rule, Criterion.CLASS), Set.of(), Set.of()),
                DataCodes.ANY,
                new LabelCriteria(
                        labels.stream()
                                .filter(code -> Confidentiality.ofCode(code).isEmpty())
                                .collect(Collectors.toSet()),
                        labels.stream()
                                .flatMap(code -> Confidentiality.ofCode(code).stream())
                                .collect(Collectors.toSet())),
                null,
                Set.of());
        var named = stated.bind(rule.effect(), new Question(null, null, facts)).named();
        return new DataCriteria.Known(least(rule.resource()), named);
    }

    private static Match least(List<Check> checks) {
        return checks.stream().map(Check::match).min(Match::compareTo).orElseThrow();
    }

    private static Set<String> values(Proof.Rule rule, Criterion criterion) {
        Function<List<Check>, Stream<String>> of = checks -> checks.stream()
                .filter(check -> check.criterion() == criterion)
                .flatMap(check -> check.values().stream());
        return Stream.concat(of.apply(rule.requester()), of.apply(rule.resource()))
                .collect(Collectors.toSet());
    }
}
