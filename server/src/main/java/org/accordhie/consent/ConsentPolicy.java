package org.accordhie.consent;

import java.util.List;
import org.accordhie.vocabulary.TimeSpan;

/** A patient's active consent as the decision reads it. */
public sealed interface ConsentPolicy {

    /** The version read, as {@code Consent/[id]/_history/[version]}; empty once the resource has been filled in. */
    String id();

    /**
     * A consent that says something about every request.
     *
     * @param id the version read
     * @param validity when it is in force
     * @param bases the laws and policies it is given under, as their addresses
     * @param base what it says unless a provision says otherwise
     * @param requester who its root speaks to
     * @param resource which data its root speaks of
     * @param provisions the exceptions to the base
     */
    record Computable(
            String id,
            TimeSpan validity,
            List<String> bases,
            Effect base,
            ContextCriteria requester,
            DataCriteria resource,
            List<Provision> provisions)
            implements ConsentPolicy, Rule {

        public Computable {
            bases = bases.stream().distinct().sorted().toList();
            provisions = List.copyOf(provisions);
        }

        @Override
        public String path() {
            return ROOT;
        }

        @Override
        public Effect effect() {
            return base;
        }
    }

    /**
     * A consent that cannot be enforced as written: it denies, and a privacy officer must look at it.
     *
     * @param id the version read
     * @param reason why, without any of the patient's data
     */
    record Uncomputable(String id, String reason) implements ConsentPolicy {}
}
