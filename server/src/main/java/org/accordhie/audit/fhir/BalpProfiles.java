package org.accordhie.audit.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;

/**
 * Which profiles the event of an access meets. Source: IHE BALP 1.1, "RESTful activities" and "Security token".
 *
 * <p>BALP describes what succeeded, of one resource or one search, and has no pattern for a history, an operation, a batch or a
 * transaction: their events, and those of refusals, claim none.
 */
final class BalpProfiles {

    static final String DECISION = canonical("AuthZconsent");
    static final String DISCLOSURE = canonical("PrivacyDisclosure.Source");

    private static final String TOKEN = canonical("OAUTHaccessTokenUse.Comprehensive");
    private static final String TOKEN_OF_USER = canonical("OAUTHaccessTokenUse.Minimal");

    private BalpProfiles() {}

    /** Their canonical addresses. */
    static List<String> metBy(AccessRecord accessed) {
        var profiles = new ArrayList<String>();
        pattern(accessed)
                .map(pattern -> canonical(accessed.patients().size() == 1 ? "Patient" + pattern : pattern))
                .ifPresent(profiles::add);
        var requester = accessed.requester();
        if (!requester.tokenId().isEmpty()) {
            profiles.add(TOKEN);
            if (requester.user() != null) {
                profiles.add(TOKEN_OF_USER);
            }
        }
        return profiles;
    }

    private static Optional<String> pattern(AccessRecord accessed) {
        if (accessed.outcome() != Outcome.SUCCESS
                || accessed.call().address().isEmpty()
                || accessed.requester().clientId().isEmpty()) {
            return Optional.empty();
        }
        return switch (accessed.call().interaction()) {
            case READ, VREAD -> ofOneResource("Read", accessed);
            case CREATE -> ofOneResource("Create", accessed);
            case UPDATE, PATCH -> ofOneResource("Update", accessed);
            case DELETE -> ofOneResource("Delete", accessed);
            case SEARCH_TYPE, SEARCH_SYSTEM ->
                Optional.of("Query").filter(query -> !accessed.call().query().isEmpty());
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofOneResource(String pattern, AccessRecord accessed) {
        return Optional.of(pattern).filter(one -> accessed.resources().size() == 1);
    }

    private static String canonical(String name) {
        return "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit." + name;
    }
}
