package org.accordhie.consent.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.AccessRequest;
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
     */
    private record Answer(RulesKnown rules, Instant from, Instant until, String permitted) {

        boolean holds(RulesKnown others, Instant at) {
            return rules.laws().epoch() == others.laws().epoch()
                    && rules.classes().count() == others.classes().count()
                    && rules.classes().last() == others.classes().last()
                    && !at.isBefore(from)
                    && at.isBefore(until);
        }
    }

    /** The numbers of the classes, at the request's instant, as PostgreSQL writes an array. */
    String of(AccessRequest request, RulesKnown rules) {
        var asked = withoutToken(request);
        var known = answers.getIfPresent(asked);
        if (known != null && known.holds(rules, request.at())) {
            return known.permitted();
        }
        var fresh = new Answer(
                rules,
                request.at(),
                until(request.at(), rules),
                rules.classes().permitted(request, rules.policy()).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",", "{", "}")));
        answers.put(asked, fresh);
        return fresh.permitted();
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

    private static Instant until(Instant now, RulesKnown rules) {
        var ofClasses = Set.copyOf(rules.classes().rules().values()).stream().flatMap(rule -> rule.spans());
        return Stream.concat(rules.policy().spans(), ofClasses)
                .flatMap(span -> changes(span, now))
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
