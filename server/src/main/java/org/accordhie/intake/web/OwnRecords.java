package org.accordhie.intake.web;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.intake.WriteCondition;
import org.accordhie.intake.fhir.ConditionalEntries;
import org.accordhie.intake.fhir.ReferenceTargets;
import org.accordhie.intake.jpa.SourceIdentities;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a source owns, as far as it may see it. To everything that looks for its target by itself, or at what it says, the rest is
 * not there. Thread-safe.
 */
final class OwnRecords {

    /** A patch needs no other right, but what the consents hide it does not reach. */
    private static final List<String> PATCHING = List.of("u");

    private final ReferenceTargets targets;
    private final SourceIdentities identities;
    private final ReleaseGate releases;
    private final DaoRegistry daos;

    OwnRecords(ReferenceTargets targets, SourceIdentities identities, ReleaseGate releases, DaoRegistry daos) {
        this.targets = targets;
        this.identities = identities;
        this.releases = releases;
        this.daos = daos;
    }

    /** The bundle with the conditions of its updates and deletes looked for. */
    Bundle resolved(RequestedInteraction asked, String owner, Bundle bundle) {
        var conditions = ConditionalEntries.conditionsOf(bundle);
        return conditions.isEmpty() ? bundle : ConditionalEntries.resolved(bundle, matching(asked, owner, conditions));
    }

    /**
     * The one that meets a condition, as {@code [type]/[id]}.
     *
     * @throws ResourceNotFoundException if there is none
     * @throws PreconditionFailedException if there are several
     */
    String theOne(RequestedInteraction asked, String owner, WriteCondition condition) {
        var found = matching(asked, owner, Set.of(condition)).getOrDefault(condition, Set.of());
        if (found.size() > 1) {
            throw new PreconditionFailedException("more than one meets the condition");
        }
        return found.stream().findFirst().orElseThrow(() -> new ResourceNotFoundException("not found"));
    }

    private Map<WriteCondition, Set<String>> matching(
            RequestedInteraction asked, String owner, Set<WriteCondition> conditions) {
        var types = conditions.stream().map(WriteCondition::resourceType).collect(Collectors.toSet());
        var closed = releases.closed(asked, types, "identifier");
        var open = conditions.stream()
                .filter(condition -> !closed.contains(condition.resourceType()))
                .collect(Collectors.toSet());
        var found = releases.look(asked, ReleaseGate.SEARCHING, () -> seen(open));
        var all = found.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        var owned = StorageView.WHOLE.during(() -> identities.owned(owner, all));
        found.values().forEach(each -> each.retainAll(owned));
        return found;
    }

    private Map<WriteCondition, Set<String>> seen(Set<WriteCondition> conditions) {
        var matching = targets.matching(WriteCondition.references(conditions));
        var there = targets.byAddress(
                        matching.values().stream().flatMap(Set::stream).toList())
                .keySet();
        var seen = new HashMap<WriteCondition, Set<String>>();
        for (var condition : conditions) {
            var found = matching.getOrDefault(condition.reference(), Set.of());
            seen.put(condition, found.stream().filter(there::contains).collect(Collectors.toSet()));
        }
        return seen;
    }

    /** Whether the requester may see what it asks to patch. */
    boolean isSeen(RequestedInteraction asked, String address) {
        return !releases.look(asked, PATCHING, () -> targets.byAddress(Set.of(address)))
                .isEmpty();
    }

    /** The current version of a resource that the requester owns: an organisation gets what it wrote whole. */
    Resource current(String address) {
        var id = new IdType(address);
        return StorageView.WHOLE.during(
                () -> (Resource) daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails()));
    }
}
