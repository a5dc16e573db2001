package org.accordhie.consent;

import java.util.Objects;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * One purpose of a request, about one resource; either half is missing where a rule is evaluated in part.
 *
 * @param request who asks, for what, when; null while only the resource is known
 * @param purpose one of the request's purposes; null where the token does not say
 * @param facts the resource; null while only the request is known
 */
record Question(
        @Nullable AccessRequest request,
        @Nullable PurposeOfUse purpose,
        @Nullable ResourceFacts facts) {

    /** The request, which criteria about it need. */
    AccessRequest asking() {
        return Objects.requireNonNull(request, "the request is not known yet");
    }

    /** The resource, which criteria about it need. */
    ResourceFacts resource() {
        return Objects.requireNonNull(facts, "the resource is not known yet");
    }
}
