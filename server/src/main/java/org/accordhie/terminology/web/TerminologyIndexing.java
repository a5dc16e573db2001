package org.accordhie.terminology.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.WriteStep;
import org.accordhie.terminology.UnusableDefinition;
import org.accordhie.terminology.fhir.CodeSystemReader;
import org.accordhie.terminology.fhir.ValueSetReader;
import org.accordhie.terminology.jpa.TerminologyIndex;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Keeps true what codes and value sets stand for: a code system or value set that is written is put in force, or refused where
 * it cannot be enforced, and every value set that depends on it is told anew, in the transaction of the write.
 *
 * <p>They come from privacy officers, since they decide what consents mean.
 */
final class TerminologyIndexing implements WriteStep {

    private final CodeSystemReader systems;
    private final ValueSetReader valueSets;
    private final TerminologyIndex index;

    TerminologyIndexing(CodeSystemReader systems, ValueSetReader valueSets, TerminologyIndex index) {
        this.systems = systems;
        this.valueSets = valueSets;
        this.index = index;
    }

    @Override
    public void written(Written written) {
        var change = new Change(
                all(written, CodeSystem.class),
                all(written, ValueSet.class),
                idsOf(written, "CodeSystem"),
                idsOf(written, "ValueSet"));
        if (change.systemIds().isEmpty() && change.valueSetIds().isEmpty()) {
            return;
        }
        index.begin();
        try {
            putInForce(change);
        } catch (UnusableDefinition unusable) {
            throw refusal(change, unusable);
        }
    }

    /**
     * What of a write is terminology.
     *
     * @param systems the code systems written
     * @param valueSets the value sets written
     * @param systemIds the ids of code systems written or deleted
     * @param valueSetIds the ids of value sets written or deleted
     */
    private record Change(
            List<CodeSystem> systems, List<ValueSet> valueSets, Set<String> systemIds, Set<String> valueSetIds) {}

    private static <T extends Resource> List<T> all(Written written, Class<T> type) {
        return written.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Set<String> idsOf(Written written, String type) {
        return Stream.concat(written.resources().stream().map(Resource::getIdElement), written.deleted().stream())
                .filter(id -> type.equals(id.getResourceType()))
                .map(id -> id.getIdPart())
                .collect(Collectors.toSet());
    }

    private void putInForce(Change change) throws UnusableDefinition {
        var changedSystems = removed(change.systemIds(), index::removeSystem);
        var changedSets = removed(change.valueSetIds(), index::removeValueSet);
        for (var system : change.systems()) {
            var hierarchy = systems.read(system);
            if (hierarchy.isPresent()) {
                index.putSystem(system.getIdElement().getIdPart(), hierarchy.get());
                changedSystems.add(hierarchy.get().url());
            }
        }
        for (var valueSet : change.valueSets()) {
            var definition = valueSets.read(valueSet);
            if (definition.isPresent()) {
                index.putValueSet(valueSet.getIdElement().getIdPart(), definition.get());
                changedSets.add(definition.get().url());
            }
        }
        index.tellMembers(changedSystems, changedSets);
    }

    private static Set<String> removed(Set<String> ids, Function<String, java.util.Optional<String>> remove) {
        return ids.stream()
                .sorted()
                .flatMap(id -> remove.apply(id).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A definition that is stored already has no place in what was sent, so the place is then the thing it depends on. */
    private static UnprocessableEntityException refusal(Change change, UnusableDefinition unusable) {
        var sent = Stream.concat(change.systems().stream(), change.valueSets().stream())
                .anyMatch(resource -> unusable.path().startsWith(resource.fhirType())
                        && unusable.url().equals(resource.hasUrl() ? resource.getUrl() : ""));
        var type = change.systemIds().isEmpty() ? "ValueSet" : "CodeSystem";
        var outcome = ErrorFactory.outcome(
                IssueType.BUSINESSRULE,
                sent
                        ? unusable.reason()
                        : "is needed as it was by the value set `" + unusable.url() + "` in force here, in which "
                                + unusable.reason());
        outcome.getIssueFirstRep().addExpression(sent ? unusable.path() : type);
        return new UnprocessableEntityException("the terminology cannot be enforced", outcome);
    }
}
