package org.accordhie.consent;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.accordhie.vocabulary.TimeSpan;

/** What each criterion of a provision comes to, one by one: together they are what the evaluation asks at once. */
final class TruthValues {

    private TruthValues() {}

    /** Of the criteria about who asks, when and why. */
    static List<Check> of(ContextCriteria criteria, Question question) {
        if (!(criteria instanceof RequesterCriteria stated)) {
            return List.of(new Check(Criterion.REQUESTER, criteria.match(question), List.of()));
        }
        var asking = question.asking();
        return List.of(
                check(Criterion.PERIOD, stated.period().contains(asking.at()), spanOf(stated.period())),
                check(Criterion.RECIPIENT, stated.matchRecipient(asking.requester()), stated.recipients()),
                new Check(
                        Criterion.PURPOSE,
                        stated.matchPurpose(question.purpose()),
                        stated.purposes().stream().map(Enum::name).toList()),
                check(
                        Criterion.ACTION,
                        stated.actions().isEmpty() || stated.actions().contains(asking.action()),
                        stated.actions()));
    }

    /** Of the criteria about the data, for a rule of this effect. */
    static List<Check> of(DataCriteria criteria, Effect effect, Question question) {
        if (!(criteria instanceof ResourceCriteria stated)) {
            return List.of(new Check(Criterion.RESOURCE, criteria.match(effect, question), List.of()));
        }
        var facts = question.resource();
        var period = stated.dataPeriod();
        return List.of(
                check(Criterion.ORIGIN, stated.matchOrigin(facts), stated.origins()),
                check(Criterion.CLASS, stated.classes().holds(facts), classesOf(stated)),
                check(Criterion.CODE, stated.codes().holds(facts), codesOf(stated)),
                new Check(
                        Criterion.SECURITY_LABEL,
                        stated.labels().match(effect, facts.labels()),
                        labelsOf(stated.labels())),
                new Check(
                        Criterion.DATA_PERIOD,
                        stated.matchDate(facts.dates()),
                        period == null ? List.of() : List.of(text(period))),
                check(Criterion.DATA, stated.matchData(facts), dataOf(stated)));
    }

    /** All of them must hold. */
    static Match together(List<Check> checks) {
        var match = Match.CERTAINLY;
        for (var check : checks) {
            match = match.and(check.match());
        }
        return match;
    }

    private static Check check(Criterion criterion, boolean holds, Collection<String> values) {
        return new Check(criterion, Match.of(holds), values.stream().sorted().toList());
    }

    private static List<String> classesOf(ResourceCriteria stated) {
        var classes = stated.classes();
        return Stream.of(
                        classes.types().stream(),
                        classes.profiles().stream(),
                        classes.documents().stream().map(Object::toString))
                .flatMap(each -> each)
                .toList();
    }

    private static List<String> codesOf(ResourceCriteria stated) {
        return Stream.concat(stated.codes().codes().stream().map(Object::toString), stated.codes().valueSets().stream())
                .toList();
    }

    private static List<String> labelsOf(LabelCriteria labels) {
        return Stream.concat(
                        labels.sensitivities().stream().sorted(),
                        labels.levels().stream().sorted().map(Enum::name))
                .toList();
    }

    private static List<String> dataOf(ResourceCriteria stated) {
        return stated.data().stream()
                .map(each -> each.meaning().name().toLowerCase(Locale.ROOT) + " " + each.reference())
                .toList();
    }

    private static List<String> spanOf(TimeSpan span) {
        return span.equals(TimeSpan.ALWAYS) ? List.of() : List.of(text(span));
    }

    /** As ISO 8601 writes intervals, with two dots where there is no end. */
    private static String text(TimeSpan span) {
        return (span.from() == null ? ".." : span.from()) + "/" + (span.until() == null ? ".." : span.until());
    }
}
