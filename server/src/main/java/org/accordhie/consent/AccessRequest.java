package org.accordhie.consent;

import java.time.Instant;
import java.util.Set;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * The question put to the decision point: may this requester do this, now.
 *
 * @param requester who asks
 * @param action code of consentaction; {@code access} for every read
 * @param at the instant of the request
 * @param breakGlass the emergency the requester declares; null where there is none
 */
public record AccessRequest(
        Requester requester,
        String action,
        Instant at,
        @Nullable BreakGlass breakGlass) {

    /** Reading and searching. Source: HL7 consentaction. */
    public static final String ACCESS = "access";

    /** A request in no emergency. */
    public AccessRequest(Requester requester, String action, Instant at) {
        this(requester, action, at, null);
    }

    /** The same request outside any emergency. */
    public AccessRequest withoutBreakGlass() {
        return breakGlass == null ? this : new AccessRequest(requester, action, at, null);
    }

    /** The same request, in an emergency only if that is about nobody but its patient. */
    AccessRequest about(Set<String> patients) {
        var concerned = breakGlass == null || (patients.size() == 1 && patients.contains(breakGlass.patient()));
        return concerned ? this : withoutBreakGlass();
    }

    /** Whether the emergency covers a purpose: the purpose of breaking the glass itself, and those it is a kind of. */
    boolean breaksGlassFor(@Nullable PurposeOfUse purpose) {
        return breakGlass != null
                && purpose != null
                && requester.purposes().contains(PurposeOfUse.BTG)
                && PurposeOfUse.BTG.isWithin(purpose);
    }
}
