package org.accordhie.review;

import java.time.Instant;
import java.util.Optional;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;

/** What becomes of declared emergencies, as the running transaction sees it. */
public interface Emergencies {

    /** The declaration, as long as its window is open; empty once that is over, as if nothing had been declared. */
    Optional<BreakGlass> inForce(Requester requester, BreakGlass declared, Instant at);

    /** Takes down a read that was carried out in an emergency: the first one opens its case. */
    void used(Requester requester, BreakGlass declared, Instant at);
}
