package org.accordhie.consent.web;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.ReleaseIndex;
import org.accordhie.fhirserver.WriteStep;
import org.hl7.fhir.r4.model.Consent;

/**
 * Keeps release classes true: what is written gets its class, and a consent that changed moves its patient's record, in the
 * transaction of the write, so that the next request on any node sees both or neither.
 */
final class ReleaseIndexing implements WriteStep {

    private final ConsentReader reader;
    private final ConsentRegistry registry;
    private final PolicyIndexing policies;
    private final ReleaseIndex index;

    ReleaseIndexing(ConsentReader reader, ConsentRegistry registry, PolicyIndexing policies, ReleaseIndex index) {
        this.reader = reader;
        this.registry = registry;
        this.policies = policies;
        this.index = index;
    }

    @Override
    public void written(Written written) {
        index.holdPushes(written.facts().stream()
                .filter(facts -> facts.type().equals("Consent"))
                .flatMap(facts -> facts.patients().stream())
                .collect(Collectors.toSet()));
        index.add(written.facts());
        var patients = new HashSet<String>();
        for (var resource : written.resources()) {
            if (resource instanceof Consent consent) {
                patients.addAll(putInForce(consent));
            }
        }
        for (var deleted : written.deleted()) {
            index.addDeletion(deleted.getResourceType(), deleted.getIdPart(), deleted.getVersionIdPartAsLong());
            if (deleted.getResourceType().equals("Consent")) {
                patients.addAll(registry.patientsOf(deleted.getIdPart()));
                registry.remove(deleted.getIdPart());
            }
        }
        policies.follow(written);
        patients.stream().sorted().forEach(index::reclassify);
    }

    private Set<String> putInForce(Consent consent) {
        var id = consent.getIdElement().getIdPart();
        var patients = new HashSet<>(registry.patientsOf(id));
        var patient = consent.getPatient()
                .getReferenceElement()
                .toUnqualifiedVersionless()
                .getValue();
        var policy = reader.read(consent);
        if (policy.isPresent() && patient != null && !PolicyReader.isPolicy(consent)) {
            registry.put(id, Long.parseLong(consent.getMeta().getVersionId()), patient, policy.get());
            patients.add(patient);
        } else {
            registry.remove(id);
        }
        return patients;
    }
}
