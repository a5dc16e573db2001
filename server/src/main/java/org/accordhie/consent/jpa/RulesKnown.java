package org.accordhie.consent.jpa;

import org.accordhie.consent.ReleasePolicy;

/**
 * All rules that a node needs to know before it can ask storage: those of law and organisation, and the release classes.
 *
 * @param laws the former, with their epoch
 * @param classes the latter
 */
public record RulesKnown(PolicyTable.Known laws, ReleaseClasses.Known classes) {

    /** Tells a transaction's own {@link Stamp}; nothing else is read. */
    public static final String STAMP = "(SELECT count(*) FROM accord.release_class) AS class_count,"
            + " (SELECT COALESCE(max(class_id), 0) FROM accord.release_class) AS class_last,"
            + " (SELECT COALESCE(max(number), 0) FROM accord.epoch WHERE name = 'policy') AS policy_epoch";

    /**
     * What tells the rules of one snapshot from those of another. Classes are only ever added, so that of two snapshots one
     * holds all of the other's.
     *
     * @param count how many release classes there are
     * @param last the highest number of one; zero where there is none
     * @param epoch that of the laws; zero where nothing has been changed yet
     */
    public record Stamp(int count, int last, long epoch) {}

    /** Whether these are the rules of a snapshot. */
    public boolean areOf(Stamp stamp) {
        return stamp.equals(new Stamp(classes.count(), classes.last(), laws.epoch()));
    }

    /** The rules of law and organisation. */
    public ReleasePolicy policy() {
        return laws.policy();
    }
}
