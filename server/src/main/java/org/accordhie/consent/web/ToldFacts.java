package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.fhirserver.StoredText;
import org.accordhie.fhirserver.StoredVersion;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Resource;

/**
 * The facts of resources about to be told: what was extracted when they were written, whichever way they were read. Thread-safe.
 */
final class ToldFacts {

    private final FhirContext context;
    private final StoredFacts stored;

    ToldFacts(FhirContext context, StoredFacts stored) {
        this.context = context;
        this.stored = stored;
    }

    /** Those of each. What was read with its facts brings them along; those of the others are found by one query. */
    List<ResourceFacts> of(List<Resource> told) {
        var parsed = told.stream()
                .filter(each -> StoredText.of(each).isEmpty())
                .map(ToldFacts::address)
                .toList();
        var found = parsed.isEmpty() ? List.<ResourceFacts>of() : stored.versions(parsed);
        var remaining = found.iterator();
        return told.stream()
                .map(each -> StoredText.of(each)
                        .map(text -> StoredFacts.of(text.facts()))
                        .orElseGet(remaining::next))
                .toList();
    }

    /** What was read with all that is told; empty where something of it was read alone. */
    static Optional<Grounds> beside(List<Resource> told) {
        var read = Collections.newSetFromMap(new IdentityHashMap<StoredText.Beside, Boolean>());
        for (var each : told) {
            var beside = StoredText.of(each).map(StoredText::beside);
            if (beside.isEmpty()) {
                return Optional.empty();
            }
            read.add(beside.get());
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(Grounds.of(read));
    }

    /**
     * What decides about resources beside their facts.
     *
     * @param consents the consents in force, by patient
     * @param there which of the resources that they refer to can be referred to
     */
    record Grounds(Map<String, List<ConsentPolicy>> consents, Set<String> there) {

        private static Grounds of(Set<StoredText.Beside> read) {
            var consents = new HashMap<String, List<ConsentPolicy>>();
            var there = new HashSet<String>();
            for (var each : read) {
                // Of one snapshot, and so the same where they are about the same patient.
                consents.putAll(ConsentRegistry.of(each.consents()));
                there.addAll(each.there());
            }
            return new Grounds(consents, there);
        }
    }

    private static StoredFacts.Address address(Resource resource) {
        return new StoredFacts.Address(
                resource.fhirType(), resource.getIdElement().getIdPart(), StoredVersion.of(resource));
    }

    /** The resource with everything that it says. */
    Resource whole(Resource resource) {
        return StoredText.whole(resource, context);
    }
}
