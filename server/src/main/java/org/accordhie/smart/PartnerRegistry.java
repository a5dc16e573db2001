package org.accordhie.smart;

import java.util.Optional;

/** Gives the partners of the exchange. */
public interface PartnerRegistry {

    /** Empty if the client is nobody's: whatever its token says, it is refused. */
    Optional<Partner> find(String clientId);
}
