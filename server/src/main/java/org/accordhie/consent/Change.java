package org.accordhie.consent;

import java.time.Instant;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;

/** One thing that could be otherwise. */
public sealed interface Change {

    /**
     * The request names another purpose, and only that.
     *
     * @param purpose which
     */
    record AnotherPurpose(PurposeOfUse purpose) implements Change {}

    /**
     * The requester declares an emergency.
     *
     * @param patient about whom, as {@code Patient/[id]}
     */
    record Emergency(String patient) implements Change {}

    /**
     * Consents are not there.
     *
     * @param ids their versions
     */
    record WithoutConsents(Set<String> ids) implements Change {

        public WithoutConsents {
            ids = Set.copyOf(ids);
        }
    }

    /**
     * A rule of law or organisation is not there.
     *
     * @param id its version
     * @param title what it is called
     */
    record WithoutLaw(String id, String title) implements Change {}

    /**
     * Every patient the resource names agrees, besides what they have said, by a consent that permits data of this type.
     *
     * @param labels the sensitivities, and the confidentiality, that it must name; empty where it need not name any
     */
    record AnotherConsent(Set<String> labels) implements Change {

        public AnotherConsent {
            labels = Set.copyOf(labels);
        }
    }

    /**
     * The request comes at another time.
     *
     * @param at the nearest instant, before or after, at which the outcome is another
     */
    record AnotherTime(Instant at) implements Change {}

    /**
     * Another organisation asks.
     *
     * @param organization which, as {@code Organization/[id]}
     */
    record AnotherOrganization(String organization) implements Change {}
}
