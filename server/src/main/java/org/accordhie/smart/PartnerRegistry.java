package org.accordhie.smart;

import java.util.List;
import java.util.Optional;

/** Gives the partners of the exchange, as they are at the moment of asking. */
public interface PartnerRegistry {

    /** Empty if the client is nobody's, or suspended: whatever its token says, it is refused. */
    Optional<Partner> find(String clientId);

    /** Every client that is not suspended. */
    List<Partner> all();
}
