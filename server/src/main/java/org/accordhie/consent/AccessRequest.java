package org.accordhie.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;

/**
 * The question put to the decision point: may this requester do this, now.
 *
 * @param requester who asks
 * @param action code of consentaction; {@code access} for every read
 * @param at the instant of the request
 */
public record AccessRequest(Requester requester, String action, Instant at) {

    /** Reading and searching. Source: HL7 consentaction. */
    public static final String ACCESS = "access";

    /** One question for each purpose, since each must be permitted; one without a purpose where the token names none. */
    List<RequesterCriteria.Asked> asked() {
        if (requester.purposes().isEmpty()) {
            return List.of(new RequesterCriteria.Asked(action, Optional.empty(), at));
        }
        return requester.purposes().stream()
                .sorted()
                .map((PurposeOfUse purpose) -> new RequesterCriteria.Asked(action, Optional.of(purpose), at))
                .toList();
    }
}
