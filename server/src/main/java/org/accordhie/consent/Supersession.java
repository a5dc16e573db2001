package org.accordhie.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of one patient's consents stand in the place of which: those that name the same business identifier and are newer,
 * and those that name an older one as their source. Being newer alone replaces nothing.
 *
 * <p>What was replaced does not come back when its successor is revoked or deleted, but does when that was entered in error.
 * Source: {@code docs/consent.md}, "Lifecycle".
 */
public final class Supersession {

    private static final Comparator<Version> AGE = Comparator.comparing(Version::dated)
            .thenComparing(Version::recorded)
            .thenComparing(Version::id);

    private Supersession() {}

    /**
     * What supersession looks at in a consent.
     *
     * @param id the consent, as {@code Consent/[id]}
     * @param status where it is in its life
     * @param given whether it was ever in force, and not since found to be in error
     * @param identifiers its business identifiers, as {@code [system]|[value]}
     * @param replaces the consents it names as its source, as {@code Consent/[id]}
     * @param dated when it was given; when it was recorded where it does not say
     * @param recorded when this exchange first had it
     */
    public record Version(
            String id,
            ConsentStatus status,
            boolean given,
            Set<String> identifiers,
            Set<String> replaces,
            Instant dated,
            Instant recorded) {

        public Version {
            identifiers = Set.copyOf(identifiers);
            replaces = Set.copyOf(replaces);
        }

        private boolean supersedes(Version other) {
            return given
                    && status.replacesOthers()
                    && AGE.compare(this, other) > 0
                    && (replaces.contains(other.id) || !Collections.disjoint(identifiers, other.identifiers));
        }
    }

    /** For each of one patient's consents that is superseded, the newest one that does it. */
    public static Map<String, String> among(Collection<Version> consents) {
        var superseded = new TreeMap<String, String>();
        for (var each : consents) {
            consents.stream()
                    .filter(other -> other.supersedes(each))
                    .max(AGE)
                    .ifPresent(newest -> superseded.put(each.id(), newest.id()));
        }
        return superseded;
    }
}
