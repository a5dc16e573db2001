package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A consent or a law that is not in force yet: it takes the place of the one with its id, or is added. */
public sealed interface Draft {

    /** The rules as they would be with it. */
    Rules appliedTo(Rules rules);

    /**
     * A patient's consent.
     *
     * @param id its logical id; empty for a new one
     * @param patient whose, as {@code Patient/[id]}
     * @param policy what it says; null for one that would not be in force
     */
    record OfConsent(String id, String patient, @Nullable ConsentPolicy policy) implements Draft {

        @Override
        public Rules appliedTo(Rules rules) {
            var all = new HashMap<String, Collection<ConsentPolicy>>();
            rules.consents()
                    .forEach((whose, theirs) -> all.put(
                            whose,
                            theirs.stream()
                                    .filter(each -> !isVersionOf(each.id(), id))
                                    .toList()));
            if (policy != null) {
                var theirs = new ArrayList<ConsentPolicy>(all.getOrDefault(patient, List.of()));
                theirs.add(policy);
                all.put(patient, theirs);
            }
            return new Rules(rules.policy(), all);
        }
    }

    /**
     * A rule of law or organisation.
     *
     * @param id its logical id; empty for a new one
     * @param law what it says; null for one that would not be in force
     */
    record OfLaw(String id, @Nullable HardRule law) implements Draft {

        @Override
        public Rules appliedTo(Rules rules) {
            var laws = new ArrayList<HardRule>();
            rules.policy().rules().stream()
                    .filter(each -> !isVersionOf(each.rule().id(), id))
                    .forEach(laws::add);
            if (law != null) {
                laws.add(law);
            }
            return new Rules(new ReleasePolicy(laws), rules.consents());
        }
    }

    private static boolean isVersionOf(String version, String id) {
        return !id.isEmpty() && version.startsWith("Consent/" + id + "/_history/");
    }
}
