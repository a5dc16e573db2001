package org.accordhie.consent;

import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.TimeSpan;

/** The stretches of time that the rules of a consent or a law speak of: at their ends alone does time change a decision. */
final class Spans {

    private Spans() {}

    static Stream<TimeSpan> of(ConsentPolicy policy) {
        return policy instanceof Computable consent
                ? Stream.concat(
                        Stream.concat(Stream.of(consent.validity()), of(consent.requester())),
                        consent.provisions().stream().flatMap(Spans::of))
                : Stream.empty();
    }

    private static Stream<TimeSpan> of(Provision provision) {
        return Stream.concat(
                of(provision.requester()), provision.provisions().stream().flatMap(Spans::of));
    }

    private static Stream<TimeSpan> of(ContextCriteria criteria) {
        return criteria instanceof RequesterCriteria stated ? Stream.of(stated.period()) : Stream.empty();
    }
}
