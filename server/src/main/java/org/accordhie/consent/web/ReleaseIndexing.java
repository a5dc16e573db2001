package org.accordhie.consent.web;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.jpa.ReleaseIndex;
import org.accordhie.consent.jpa.ResolvedConsents;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.smart.fhir.SearchTokens;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Consent;

/**
 * Keeps release classes true: what is written gets its class, and a consent that changed moves its patient's record, in the
 * transaction of the write, so that the next request on any node sees both or neither.
 */
final class ReleaseIndexing implements WriteStep {

    private static final Set<String> TERMS = Set.of("CodeSystem", "ValueSet");

    private final ConsentLifecycle consents;
    private final PolicyIndexing policies;
    private final ReleaseIndex index;
    private final SearchTokens tokens;

    ReleaseIndexing(ConsentLifecycle consents, PolicyIndexing policies, ReleaseIndex index, SearchTokens tokens) {
        this.consents = consents;
        this.policies = policies;
        this.index = index;
        this.tokens = tokens;
    }

    @Override
    public void written(Written written) {
        var dependents = consents.dependingOn(changed(written));
        index.holdPushes(Stream.concat(concerned(written), dependents.stream().map(ResolvedConsents.Dependent::patient))
                .collect(Collectors.toSet()));
        index.add(
                written.facts(),
                written.resources().stream()
                        .map(resource -> SearchTokens.numbersOf(tokens.of(resource)))
                        .toList());
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
        // Asked again: one may have been written while this waited for its turn.
        for (var dependent : consents.dependingOn(changed(written))) {
            consents.refresh(dependent);
            patients.add(dependent.patient());
        }
        policies.follow(written);
        patients.stream().sorted().forEach(patient -> {
            consents.settle(patient);
            index.reclassify(patient);
        });
    }

    /** The patients whose consents are written. */
    private Stream<String> concerned(Written written) {
        return Stream.concat(
                written.facts().stream()
                        .filter(facts -> facts.type().equals("Consent"))
                        .flatMap(facts -> facts.patients().stream()),
                written.deleted().stream()
                        .filter(deleted -> deleted.getResourceType().equals("Consent"))
                        .flatMap(deleted -> consents.patientsOf(deleted.getIdPart()).stream()));
    }

    /** What a consent may depend on. */
    private static Set<String> changed(Written written) {
        return Stream.concat(
                        written.facts().stream().map(ResourceFacts::reference),
                        written.deleted().stream()
                                .map(deleted -> deleted.getResourceType() + "/" + deleted.getIdPart()))
                .flatMap(address -> TERMS.contains(address.substring(0, address.indexOf('/')))
                        ? Stream.of(address, Resolution.TERMINOLOGY)
                        : Stream.of(address))
                .collect(Collectors.toSet());
    }
}
