package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.consent.jpa.PolicyTable;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.WriteStep.Written;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/** Puts rules of law and organisation into force, and takes them out, in the transaction that writes their Consents. */
final class PolicyIndexing {

    private final PolicyTable table;

    PolicyIndexing(PolicyTable table) {
        this.table = table;
    }

    /** Follows a write; one that would leave the exchange without a default is refused. */
    void follow(Written written) {
        var changed = false;
        for (var resource : written.resources()) {
            if (resource instanceof Consent consent) {
                changed |= follow(consent);
            }
        }
        for (var deleted : written.deleted()) {
            changed |= deleted.getResourceType().equals("Consent") && table.remove(deleted.getIdPart());
        }
        if (changed && !table.holdsDefault()) {
            throw new UnprocessableEntityException(
                    "no default would be left",
                    ErrorFactory.outcome(
                            IssueType.BUSINESSRULE,
                            "leaves no active policy of the kind DEFAULT, without which nothing is released: write another"
                                    + " one first, or in the same bundle"));
        }
    }

    private boolean follow(Consent consent) {
        var id = consent.getIdElement().getIdPart();
        var rule = ruleOf(consent);
        if (rule == null) {
            return table.remove(id);
        }
        table.put(id, Long.parseLong(consent.getMeta().getVersionId()), rule);
        return true;
    }

    /** Null if it is none that is in force. */
    private static @Nullable HardRule ruleOf(Consent consent) {
        try {
            return PolicyReader.isPolicy(consent)
                    ? PolicyReader.readActive(consent).orElse(null)
                    : null;
        } catch (UnenforceableConsent unenforceable) {
            // It was read before it was stored; what became of it since is not to be guessed.
            throw new IllegalStateException(unenforceable.reason(), unenforceable);
        }
    }
}
