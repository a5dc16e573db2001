package org.accordhie.consent;

import java.util.List;
import org.accordhie.smart.Partner;

/** Who takes part in the exchange, so that decisions can be made for those who have not asked. */
public interface Participants {

    /** Every registered client of every partner organisation. */
    List<Partner> all();
}
