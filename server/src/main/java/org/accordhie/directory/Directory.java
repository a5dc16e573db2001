package org.accordhie.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Who is in which care team and holds which role, as the running transaction sees it. See {@link Memberships} for whom it trusts. */
public interface Directory {

    /**
     * The teams and roles in which any of the actors is at an instant, also through another team or role. An organisation may
     * be in as many teams as it has patients; a decision asks about those that its rules name.
     *
     * @param actors as {@code [type]/[id]}
     */
    Set<String> membershipsOf(Collection<String> actors, Instant at);

    /**
     * The same among the teams and roles named.
     *
     * @param actors as {@code [type]/[id]}
     * @param named as {@code CareTeam/[id]} or {@code PractitionerRole/[id]}
     */
    Set<String> membershipsOf(Collection<String> actors, Instant at, Set<String> named);
}
