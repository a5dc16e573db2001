package org.accordhie.consent.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.ReleaseRule;
import org.accordhie.consent.jpa.RulesKnown;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.TimeSpan;

/**
 * The release classes that the decision point permits a requester. The answer is remembered as long as the rules are the same
 * and none of them begins or ends. Thread-safe.
 */
final class PermittedClasses {

    private static final int REQUESTERS = 1_000;

    private final Cache<AccessRequest, Answer> answers =
            Caffeine.newBuilder().maximumSize(REQUESTERS).build();

    /**
     * The answer to one request.
     *
     * @param rules what it was decided with
     * @param from when
     * @param until the first instant at which it may be another
     * @param decided the classes it was decided about
     * @param classes those of them that are permitted
     * @param permitted the same as octets in hex, in which the bit of each one's number is set, the lowest first
     */
    private record Answer(
            RulesKnown rules, Instant from, Instant until, Set<Integer> decided, BitSet classes, String permitted) {

        boolean holds(RulesKnown others, Instant at) {
            return isOf(others, at)
                    && rules.classes().count() == others.classes().count()
                    && rules.classes().last() == others.classes().last();
        }

        /** Whether it is right for the classes that it was decided about; others may have been added. */
        boolean isOf(RulesKnown others, Instant at) {
            return rules.laws().epoch() == others.laws().epoch() && !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** The classes, at the request's instant, as octets in hex: the lowest bit of the first is number 0's, as PostgreSQL counts them. */
    String of(AccessRequest request, RulesKnown rules) {
        var asked = withoutToken(request);
        var known = answers.getIfPresent(asked);
        if (known != null && known.holds(rules, request.at())) {
            return known.permitted();
        }
        var fresh = decided(
                request,
                rules,
                known != null && known.isOf(rules, request.at()) ? known : nothing(request.at(), rules));
        answers.put(asked, fresh);
        return fresh.permitted();
    }

    private static Answer nothing(Instant at, RulesKnown rules) {
        return new Answer(rules, at, until(at, rules.policy().spans()), Set.of(), new BitSet(), "");
    }

    /** A class is never changed: only those that were added are decided about, so that one consent more costs as much as it brings. */
    private static Answer decided(AccessRequest request, RulesKnown rules, Answer before) {
        var added = new HashMap<>(rules.classes().rules());
        added.keySet().removeAll(before.decided());
        var classes = (BitSet) before.classes().clone();
        added.forEach((number, rule) -> {
            if (DecisionPoint.decide(request, rule, rules.policy()).permits()) {
                classes.set(number);
            }
        });
        var decided = new HashSet<>(before.decided());
        decided.addAll(added.keySet());
        var until = until(request.at(), Set.copyOf(added.values()).stream().flatMap(ReleaseRule::spans));
        return new Answer(
                rules,
                request.at(),
                until.isBefore(before.until()) ? until : before.until(),
                decided,
                classes,
                HexFormat.of().formatHex(classes.toByteArray()));
    }

    /** No rule looks at a token's number, nor, but for what {@link #until} tells, at the time. */
    private static AccessRequest withoutToken(AccessRequest request) {
        var requester = request.requester();
        var anyToken = new Requester(
                requester.clientId(),
                "",
                requester.organization(),
                requester.organizations(),
                requester.user(),
                requester.patient(),
                requester.memberships(),
                requester.roles(),
                requester.purposes());
        return new AccessRequest(anyToken, request.action(), Instant.EPOCH, request.breakGlass());
    }

    private static Instant until(Instant now, Stream<TimeSpan> spans) {
        return spans.flatMap(span -> changes(span, now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Both ends are in a span, so one that ends does so just after its last instant. */
    private static Stream<Instant> changes(TimeSpan span, Instant now) {
        var from = span.from();
        var until = span.until();
        return Stream.concat(
                from == null || !from.isAfter(now) ? Stream.empty() : Stream.of(from),
                until == null || until.isBefore(now) ? Stream.empty() : Stream.of(until.plusNanos(1)));
    }
}
