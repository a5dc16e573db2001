package org.accordhie.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;

/**
 * What one consent or law says to a requester, taken apart.
 *
 * @param base what holds for data that no exception speaks of
 * @param denials what is denied apart from the base
 * @param permits what is permitted apart from the base, and by a base that is limited to some data
 * @param isSimple whether that is all, without exceptions to exceptions
 */
record Wish(Base base, List<ResourceCriteria> denials, List<ResourceCriteria> permits, boolean isSimple) {

    /** What holds for data that no exception speaks of. */
    enum Base {
        SILENT,
        /** All is permitted. */
        OPEN,
        /** Some is permitted, and the rest is not. */
        LIMITED,
        /** All is denied. */
        CLOSED
    }

    /** A rule in which the request has been filled in. */
    static Wish of(Computable rule, Question question) {
        var denials = new ArrayList<ResourceCriteria>();
        var permits = new ArrayList<ResourceCriteria>();
        var data = stated(rule.resource());
        var base = baseOf(rule, question);
        if (base == Base.LIMITED) {
            permits.add(data);
        }
        var apart = base == Base.CLOSED && !data.equals(ResourceCriteria.ANYTHING);
        if (apart) {
            denials.add(data);
        }
        for (var provision : rule.provisions()) {
            if (provision.effect() == Effect.DENY) {
                denials.add(stated(provision.resource()));
            } else if (provision.requester().match(question) == Match.CERTAINLY) {
                permits.add(stated(provision.resource()));
            }
            denialsUnder(provision).forEach(denials::add);
        }
        var isSimple = rule.provisions().stream()
                        .allMatch(provision -> provision.provisions().isEmpty())
                && (!apart || rule.provisions().isEmpty());
        return new Wish(apart ? Base.SILENT : base, denials, permits, isSimple);
    }

    private static Base baseOf(Computable rule, Question question) {
        if (!rule.requester().match(question).fires(rule.base())) {
            return Base.SILENT;
        }
        if (rule.base() == Effect.DENY) {
            return Base.CLOSED;
        }
        return stated(rule.resource()).equals(ResourceCriteria.ANYTHING) ? Base.OPEN : Base.LIMITED;
    }

    private static Stream<ResourceCriteria> denialsUnder(Provision provision) {
        return provision.provisions().stream()
                .flatMap(inner -> Stream.concat(
                        inner.effect() == Effect.DENY ? Stream.of(stated(inner.resource())) : Stream.empty(),
                        denialsUnder(inner)));
    }

    /** As written, since only the request has been filled in; of a rule that is not in force nothing is asked. */
    private static ResourceCriteria stated(DataCriteria criteria) {
        return criteria instanceof ResourceCriteria stated ? stated : ResourceCriteria.ANYTHING;
    }

    /** Whether it says nothing at all. */
    boolean isSilent() {
        return base == Base.SILENT && denials.isEmpty() && permits.isEmpty();
    }

    boolean is(Base other) {
        return base == other;
    }
}
