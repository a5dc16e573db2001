package org.accordhie.intake.web;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.fhirserver.RecordImport;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.intake.fhir.BundleIntake;
import org.accordhie.intake.fhir.BundleIntake.Stored;
import org.accordhie.intake.fhir.PushedMeanwhile;
import org.accordhie.intake.fhir.ReferenceTargets;
import org.accordhie.intake.jpa.SourceIdentities;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/** The transaction of a push: storage, facts, what follows a write, and the audit event, or nothing of them. Thread-safe. */
final class PushTransaction implements RecordImport {

    private static final int ATTEMPTS = 4;

    private final TransactionTemplate transaction;
    private final BundleIntake intake;
    private final ReferenceTargets targets;
    private final SourceIdentities identities;
    private final Following following;
    private final ReleaseGate releases;

    PushTransaction(
            TransactionTemplate transaction,
            BundleIntake intake,
            ReferenceTargets targets,
            SourceIdentities identities,
            Following following,
            ReleaseGate releases) {
        this.transaction = transaction;
        this.intake = intake;
        this.targets = targets;
        this.identities = identities;
        this.following = following;
        this.releases = releases;
    }

    /**
     * What follows a write in its transaction.
     *
     * @param steps what features do
     * @param reach what scopes say of each resource
     * @param audit where the write is recorded
     * @param clock when that was
     */
    record Following(List<WriteStep> steps, WriteReach reach, AuditTrail audit, Clock clock) {}

    /**
     * Stores a bundle pushed over HTTP.
     *
     * @param owner the organisation whose it will be, as {@code Organization/[id]}
     */
    Stored store(RequestedInteraction asked, AccessGrant grant, String owner, Bundle bundle) {
        var requester = grant.requester();
        return again(() -> store(requester, owner, bundle.copy(), references -> resolve(asked, references), stored -> {
            following.reach().check(grant, stored);
            record(asked, requester, stored);
        }));
    }

    @Override
    public void store(Requester source, Bundle bundle) {
        var details = new SystemRequestDetails();
        var asked = new RequestedInteraction(Interaction.CREATE, "Bundle", "", false, details);
        again(() -> store(
                source,
                source.organization(),
                bundle.copy(),
                targets::resolve,
                stored -> record(asked, source, stored)));
    }

    @Override
    public void reserve(String source, String resourceType, String name, String id) {
        StorageView.WHOLE.during(() -> transaction.execute(
                status -> identities.add(source, Map.of(new SourceIdentities.Name(resourceType, name), id))));
    }

    /** Who owns a stored resource, as {@code [type]/[id]}. */
    Optional<String> ownerOf(String address) {
        return StorageView.WHOLE.during(
                () -> Optional.ofNullable(identities.sourcesOf(Set.of(address)).get(address)));
    }

    /** Every patient that a stored resource, as {@code [type]/[id]}, names; none where it is not stored. */
    Set<String> patientsOf(String address) {
        return StorageView.WHOLE.during(
                () -> identities.patientsOf(Set.of(address)).getOrDefault(address, Set.of()));
    }

    private Stored store(
            Requester requester,
            String owner,
            Bundle bundle,
            Function<Collection<String>, Map<String, String>> resolve,
            java.util.function.Consumer<Stored> recording) {
        return StorageView.WHOLE.during(() -> transaction.execute(status -> {
            identities.planOnce();
            var stored = intake.store(owner, bundle, resolve);
            var written = new WriteStep.Written(requester, stored.written(), stored.resources(), stored.deleted());
            following.steps().forEach(step -> step.written(written));
            recording.accept(stored);
            return stored;
        }));
    }

    /** What references point to, as far as the pusher may know: to find something by its identifier is to search. */
    private Map<String, String> resolve(RequestedInteraction asked, Collection<String> references) {
        var resolved = new HashMap<>(
                releases.look(asked, ReleaseGate.READING_OR_SEARCHING, () -> targets.byAddress(references)));
        var searched = new HashMap<>(ReferenceTargets.searched(references));
        if (!searched.isEmpty()) {
            searched.keySet().removeAll(releases.closed(asked, Set.copyOf(searched.keySet()), "identifier"));
            var open = searched.values().stream().flatMap(List::stream).toList();
            resolved.putAll(releases.look(asked, ReleaseGate.SEARCHING, () -> targets.byIdentifier(open)));
        }
        return resolved;
    }

    private void record(RequestedInteraction asked, Requester requester, Stored stored) {
        following
                .audit()
                .add(new AccessRecord(
                        UUID.randomUUID(),
                        following.clock().instant(),
                        Calls.of(asked),
                        requester,
                        patientsOf(stored),
                        Stream.concat(
                                        stored.written().stream().map(PushTransaction::version),
                                        stored.deleted().stream()
                                                .map(gone ->
                                                        gone.toUnqualified().getValue()))
                                .collect(Collectors.toSet())));
    }

    private Set<String> patientsOf(Stored stored) {
        var patients = stored.written().stream()
                .flatMap(facts -> facts.patients().stream())
                .collect(Collectors.toCollection(HashSet::new));
        if (!stored.deleted().isEmpty()) {
            patients.addAll(identities.patientsEverOf(stored.deleted().stream()
                    .map(gone -> gone.getResourceType() + "/" + gone.getIdPart())
                    .toList()));
        }
        return patients;
    }

    private static String version(ResourceFacts facts) {
        return facts.reference() + "/_history/" + facts.version();
    }

    /** Two pushes of the same things meet in the database; the one that comes second finds what the first has stored. */
    private static Stored again(java.util.function.Supplier<Stored> attempt) {
        for (int tried = 1; tried < ATTEMPTS; tried++) {
            try {
                return attempt.get();
            } catch (PushedMeanwhile | ConcurrencyFailureException | DataIntegrityViolationException meanwhile) {
                Thread.onSpinWait();
            }
        }
        try {
            return attempt.get();
        } catch (PushedMeanwhile | ConcurrencyFailureException | DataIntegrityViolationException meanwhile) {
            throw conflict(meanwhile);
        }
    }

    private static ResourceVersionConflictException conflict(RuntimeException cause) {
        var conflict = new ResourceVersionConflictException("other pushes of the same things keep coming first");
        conflict.initCause(cause);
        return conflict;
    }
}
