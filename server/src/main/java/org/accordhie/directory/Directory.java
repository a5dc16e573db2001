package org.accordhie.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Who is in which care team and holds which role, as the running transaction sees it. */
public interface Directory {

    /**
     * The teams and roles in which any of the actors is at an instant, also through another team or role; see
     * {@link Memberships} for whom that trusts.
     *
     * @param actors as {@code [type]/[id]}
     */
    Set<String> membershipsOf(Collection<String> actors, Instant at);
}
