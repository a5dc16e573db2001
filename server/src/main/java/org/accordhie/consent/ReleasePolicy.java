package org.accordhie.consent;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * The rules of law and organisation that stand around the patients' consents. Where no rule is known, {@link #closed} holds:
 * a decision under no rule at all would permit what a patient permits. Thread-safe.
 *
 * @param rules in any order
 */
public record ReleasePolicy(List<HardRule> rules) {

    public ReleasePolicy {
        rules = List.copyOf(rules);
    }

    /**
     * The policy under which nothing is released that policies decide about, whatever patients have said: what holds where the
     * rules are not known.
     *
     * @param reason why they are not
     */
    public static ReleasePolicy closed(String reason) {
        return new ReleasePolicy(List.of(new HardRule(
                Kind.NEVER,
                reason,
                new ConsentPolicy.Computable(
                        "",
                        TimeSpan.ALWAYS,
                        List.of(),
                        Effect.DENY,
                        RequesterCriteria.ANYBODY,
                        ResourceCriteria.ANYTHING,
                        List.of()))));
    }

    /** The recipients that a rule names, of the types given as {@code [type]/}. */
    public Set<String> recipients(List<String> types) {
        return rules.stream()
                .flatMap(each -> Recipients.of(each.rule(), types))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The stretches of time at whose ends, and nowhere else, time may change what is decided under it. */
    public Stream<TimeSpan> spans() {
        return rules.stream().flatMap(each -> Spans.of(each.rule()));
    }

    /**
     * The elements that the rules take out for a requester, from the request alone: those for any of its purposes. It is taken
     * for a request in no emergency, which is about one patient only.
     */
    public Set<NamedElement> removed(AccessRequest request) {
        if (rules.stream().allMatch(each -> each.removals().isEmpty())) {
            return Set.of();
        }
        var plain = request.withoutBreakGlass();
        return DecisionPoint.purposesOf(plain).stream()
                .flatMap(purpose -> removed(new Question(plain, purpose, null)))
                .filter(element -> !Category.alwaysReleases(element.type(), plain.requester()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<NamedElement> removed(Question question) {
        return rules.stream()
                .filter(each ->
                        each.rule().validity().contains(question.asking().at()))
                .flatMap(each -> each.removals().stream())
                .filter(each -> each.appliesTo(question))
                .flatMap(each -> each.elements().stream());
    }

    /** The first rule of a kind that denies; null if none does. */
    @Nullable
    HardRule denying(Kind kind, Question question) {
        return saying(kind, Finding.Answer.DENY, question);
    }

    /** The first rule of a kind that permits; null if none does. */
    @Nullable
    HardRule permitting(Kind kind, Question question) {
        return saying(kind, Finding.Answer.PERMIT, question);
    }

    private @Nullable HardRule saying(Kind kind, Finding.Answer answer, Question question) {
        for (var each : rules) {
            if (each.kind() == kind && Evaluation.of(each.rule(), question).answer() == answer) {
                return each;
            }
        }
        return null;
    }

    /** The first rule that asks for a yes which the patient has not said; null if none does. */
    @Nullable
    HardRule unanswered(Question question, Consented consented) {
        for (var each : rules) {
            if (each.kind() == Kind.REQUIRES_CONSENT) {
                var asks = Evaluation.of(each.rule(), question);
                if (asks.denies() && !consented.answers(each.rule().bases(), asks, question.resource())) {
                    return each;
                }
            }
        }
        return null;
    }

    /** What holds where the patient has said nothing. */
    boolean permitsByDefault(Question question) {
        return permitting(Kind.DEFAULT, question) != null && denying(Kind.DEFAULT, question) == null;
    }

    /** Whether breaking the glass opens the resource: a default must permit it by that very name. */
    boolean permitsBreakGlass(AccessRequest request, ResourceFacts facts) {
        var emergency = new Question(request, PurposeOfUse.BTG, facts);
        return denying(Kind.DEFAULT, emergency) == null
                && rules.stream()
                        .filter(each -> each.kind() == Kind.DEFAULT)
                        .anyMatch(each -> permitsByName(each, emergency));
    }

    private static boolean permitsByName(HardRule rule, Question emergency) {
        return rule.rule().provisions().stream()
                .anyMatch(each -> each.effect() == Effect.PERMIT
                        && each.requester().namesBreakGlass()
                        && each.requester().match(emergency) == Match.CERTAINLY
                        && each.resource().match(Effect.PERMIT, emergency) == Match.CERTAINLY);
    }
}
