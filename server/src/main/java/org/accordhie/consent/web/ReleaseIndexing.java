package org.accordhie.consent.web;

import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.jpa.ReleaseIndex;
import org.accordhie.fhirserver.WriteStep;
import org.hl7.fhir.r4.model.Consent;

/**
 * Keeps release classes true: what is written gets its class, and a consent that changed moves its patient's record, in the
 * transaction of the write, so that the next request on any node sees both or neither.
 */
final class ReleaseIndexing implements WriteStep {

    private final ConsentLifecycle consents;
    private final PolicyIndexing policies;
    private final ReleaseIndex index;

    ReleaseIndexing(ConsentLifecycle consents, PolicyIndexing policies, ReleaseIndex index) {
        this.consents = consents;
        this.policies = policies;
        this.index = index;
    }

    @Override
    public void written(Written written) {
        index.holdPushes(Stream.concat(
                        written.facts().stream()
                                .filter(facts -> facts.type().equals("Consent"))
                                .flatMap(facts -> facts.patients().stream()),
                        written.deleted().stream()
                                .filter(deleted -> deleted.getResourceType().equals("Consent"))
                                .flatMap(deleted -> consents.patientsOf(deleted.getIdPart()).stream()))
                .collect(Collectors.toSet()));
        index.add(written.facts());
        var patients = new HashSet<String>();
        for (var resource : written.resources()) {
            if (resource instanceof Consent consent) {
                patients.addAll(consents.put(consent));
            }
        }
        for (var deleted : written.deleted()) {
            index.addDeletion(deleted.getResourceType(), deleted.getIdPart(), deleted.getVersionIdPartAsLong());
            if (deleted.getResourceType().equals("Consent")) {
                patients.addAll(consents.delete(deleted.getIdPart(), deleted.getVersionIdPartAsLong()));
            }
        }
        policies.follow(written);
        patients.stream().sorted().forEach(patient -> {
            consents.settle(patient);
            index.reclassify(patient);
        });
    }
}
