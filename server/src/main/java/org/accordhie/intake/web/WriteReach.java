package org.accordhie.intake.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Set;
import java.util.function.Predicate;
import org.accordhie.intake.fhir.BundleIntake.Stored;
import org.accordhie.intake.jpa.FormerVersions;
import org.accordhie.intake.jpa.FormerVersions.FormerVersion;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.TypeGrant;
import org.accordhie.smart.fhir.SearchTokens;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * Holds a write to the token's scopes, resource by resource: what it makes must be open to them and, where there was a version
 * before, that one too, so that nothing is moved out of a compartment or a category, or into it.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting FHIR resources". Works in the transaction of the write.
 */
final class WriteReach {

    private final FormerVersions versions;
    private final SearchTokens tokens;

    WriteReach(FormerVersions versions, SearchTokens tokens) {
        this.versions = versions;
        this.tokens = tokens;
    }

    /**
     * Passes what is granted whole.
     *
     * @throws ForbiddenOperationException for everything else
     */
    void check(AccessGrant grant, Stored stored) {
        for (int index = 0; index < stored.written().size(); index++) {
            var facts = stored.written().get(index);
            var resource = stored.resources().get(index);
            var open = grant.scopes().grantOf(facts.version() > 1 ? "u" : "c", facts.type());
            if (!open.everywhere()) {
                require(open.opens(isOfPatient(grant).test(facts.compartments()), tokens.of(resource)));
                requireFormer(grant, open, facts);
            }
        }
        for (var deleted : stored.deleted()) {
            var open = grant.scopes().grantOf("d", deleted.getResourceType());
            var version = deleted.getVersionIdPartAsLong();
            if (!open.everywhere()) {
                requireFormer(grant, open, deleted.getResourceType(), deleted.getIdPart(), version);
            }
        }
    }

    private void requireFormer(AccessGrant grant, TypeGrant open, ResourceFacts facts) {
        if (facts.version() > 1) {
            requireFormer(grant, open, facts.type(), facts.id(), facts.version());
        }
    }

    private void requireFormer(AccessGrant grant, TypeGrant open, String type, String id, long version) {
        Predicate<FormerVersion> isOpen =
                former -> open.opensNumbered(isOfPatient(grant).test(former.compartments()), former.tokens());
        require(versions.before(type, id, version).filter(isOpen).isPresent());
    }

    private static Predicate<Set<String>> isOfPatient(AccessGrant grant) {
        var patient = grant.launch().patient();
        // In nobody else's beside: what names two patients is written into both their records.
        return compartments -> patient != null && compartments.equals(Set.of(patient));
    }

    private static void require(boolean open) {
        if (!open) {
            throw new ForbiddenOperationException("not permitted");
        }
    }
}
