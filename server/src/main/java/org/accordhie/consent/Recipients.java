package org.accordhie.consent;

import java.util.List;
import java.util.stream.Stream;

/** Whom the rules of a consent name. */
final class Recipients {

    private Recipients() {}

    /** Those of the types given as {@code [type]/}. */
    static Stream<String> of(ConsentPolicy policy, List<String> types) {
        return contexts(policy)
                .flatMap(context -> context instanceof RequesterCriteria stated
                        ? stated.recipients().stream()
                        : Stream.<String>of())
                .filter(recipient -> types.stream().anyMatch(recipient::startsWith));
    }

    private static Stream<ContextCriteria> contexts(ConsentPolicy policy) {
        return policy instanceof ConsentPolicy.Computable consent
                ? Stream.concat(
                        Stream.of(consent.requester()),
                        consent.provisions().stream().flatMap(Recipients::contexts))
                : Stream.of();
    }

    private static Stream<ContextCriteria> contexts(Provision provision) {
        return Stream.concat(
                Stream.of(provision.requester()),
                provision.provisions().stream().flatMap(Recipients::contexts));
    }
}
