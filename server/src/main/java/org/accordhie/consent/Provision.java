package org.accordhie.consent;

import java.util.List;

/**
 * A rule inside a consent, with the exceptions to it.
 *
 * <p>Source: FHIR R4 {@code Consent.provision.provision}.
 *
 * @param path where it stands, as a FHIRPath expression on the consent
 * @param effect what it says
 * @param requester who it speaks to
 * @param resource which data it speaks of
 * @param provisions exceptions, which hold only where this one does
 */
public record Provision(
        String path, Effect effect, ContextCriteria requester, DataCriteria resource, List<Provision> provisions)
        implements Rule {

    public Provision {
        provisions = List.copyOf(provisions);
    }

    /** Whether it, or an exception at any depth, denies. */
    boolean mayDeny() {
        return effect == Effect.DENY || provisions.stream().anyMatch(Provision::mayDeny);
    }
}
