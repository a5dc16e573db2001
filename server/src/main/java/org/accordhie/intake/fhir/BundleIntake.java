package org.accordhie.intake.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.util.IMetaTagSorter;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.labels.Labels;
import org.accordhie.labels.StoredLabels.Version;
import org.accordhie.labels.fhir.BundleLabels;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * Stores one pushed bundle in the running transaction: entries identified, references resolved, resources labelled and
 * attributed, HAPI's storage, and the facts of what was written. Thread-safe.
 */
public final class BundleIntake {

    private final FhirContext context;
    private final EntryIdentities identities;
    private final BundleLabels labels;
    private final IFhirSystemDao<Bundle, Meta> storage;
    private final SingleUpdate single;
    private final EntityManager entities;
    private final Referrers referrers;
    private final IMetaTagSorter sorter;
    private final FactsReader facts;
    private final String base;

    /**
     * Takes bundles in.
     *
     * @param base the server's own address, which `meta.source` starts with
     */
    public BundleIntake(
            FhirContext context,
            EntryIdentities identities,
            BundleLabels labels,
            Storage storage,
            FactsReader facts,
            String base) {
        this.context = context;
        this.identities = identities;
        this.labels = labels;
        this.storage = storage.systemDao();
        this.single = storage.single();
        this.entities = storage.entities();
        this.referrers = storage.referrers();
        this.sorter = storage.sorter();
        this.facts = facts;
        this.base = base;
    }

    /**
     * HAPI's storage.
     *
     * @param systemDao carries out transactions
     * @param single stores what is pushed alone
     * @param entities whose changes must reach the database before ours refer to them
     * @param referrers what refers to what is stored
     * @param sorter puts labels into an order that says nothing; storage's own tells which were used first in the whole exchange
     */
    public record Storage(
            IFhirSystemDao<Bundle, Meta> systemDao,
            SingleUpdate single,
            EntityManager entities,
            Referrers referrers,
            IMetaTagSorter sorter) {}

    /**
     * What was stored.
     *
     * @param answer one entry for each writing entry of the bundle, in their order
     * @param written the facts of every created or updated resource
     * @param deleted the addresses of what was deleted, with the version that says so
     * @param resources the created or updated resources
     */
    public record Stored(Bundle answer, List<ResourceFacts> written, List<IdType> deleted, List<Resource> resources) {}

    /**
     * Stores a bundle, or nothing of it.
     *
     * @param source the pushing organisation, as {@code Organization/[id]}
     * @param targets finds what references outside the bundle point to, among what the source may see
     * @throws BundleRefused naming each entry and path at fault
     * @throws PushedMeanwhile if another push of the same things came first: try again
     * @throws ResourceVersionConflictException if something is deleted to which something else refers that the source may see
     */
    public Stored store(String source, Bundle bundle, Function<Collection<String>, Map<String, String>> targets) {
        var entries = BundleReader.read(bundle);
        entries.forEach(PushedEntry::readKeys);
        var references = new BundleReferences(context, entries, base);
        var outside = targets.apply(references.outside());
        ContentKeys.add(context, entries);
        identities.identify(source, entries, outside);
        references.rewrite(outside);
        requireNoReferrer(entries, targets);
        var labelled = label(entries);
        var outcome =
                carryOut(entries.stream().filter(entry -> !entry.isMatched()).toList(), source);
        entities.flush();
        return answer(entries, outcome, labelled);
    }

    /** What the source may not see does not hold it back, since its refusal would tell that there is something. */
    private void requireNoReferrer(
            List<PushedEntry> entries, Function<Collection<String>, Map<String, String>> targets) {
        var deleted = entries.stream()
                .filter(entry -> entry.method() == HTTPVerb.DELETE)
                .map(PushedEntry::reference)
                .collect(Collectors.toSet());
        if (deleted.isEmpty()) {
            return;
        }
        var others = referrers.of(deleted);
        entries.forEach(entry -> others.remove(entry.reference()));
        var written = entries.stream()
                .flatMap(entry -> entry.references(context).stream())
                .anyMatch(reference -> deleted.contains(reference.getReference()));
        if (written || (!others.isEmpty() && !targets.apply(others).isEmpty())) {
            throw new ResourceVersionConflictException("something refers to what is to be deleted");
        }
    }

    private Map<String, Labels> label(List<PushedEntry> entries) {
        var written = new HashMap<String, Resource>();
        var known = new HashSet<String>();
        for (var entry : entries) {
            var resource = entry.resource();
            if (resource == null || entry.isMatched()) {
                continue;
            }
            written.put(entry.reference(), resource);
            if (entry.isKnown()) {
                known.add(entry.reference());
            }
        }
        return labels.label(written, known);
    }

    private Bundle carryOut(List<PushedEntry> entries, String source) {
        if (entries.isEmpty()) {
            return new Bundle();
        }
        var only = entries.get(0);
        if (entries.size() == 1 && canBeStoredAlone(only)) {
            return single.store(prepare(only, source), only.isKnown());
        }
        var prepared = new Bundle().setType(BundleType.TRANSACTION);
        entries.forEach(entry -> prepared.addEntry(prepare(entry, source)));
        return storage.transactionNested(new SystemRequestDetails(), prepared);
    }

    /** What refers to itself must be stored before it is indexed, as a transaction does. */
    private boolean canBeStoredAlone(PushedEntry entry) {
        return entry.method() != HTTPVerb.DELETE
                && entry.resource() != null
                && entry.references(context).stream()
                        .noneMatch(reference -> entry.reference().equals(reference.getReference()));
    }

    private BundleEntryComponent prepare(PushedEntry entry, String source) {
        var prepared = new BundleEntryComponent();
        prepared.getRequest().setUrl(entry.reference());
        if (!entry.ifMatch().isEmpty()) {
            prepared.getRequest().setIfMatch(entry.ifMatch());
        }
        var resource = entry.resource();
        if (entry.method() == HTTPVerb.DELETE || resource == null) {
            prepared.getRequest().setMethod(HTTPVerb.DELETE);
            return prepared;
        }
        prepared.getRequest().setMethod(HTTPVerb.PUT);
        resource.setId(entry.reference());
        resource.getMeta().setVersionId(null).setLastUpdated(null).setTag(null);
        resource.getMeta().setSource(base + "/" + source);
        return prepared.setFullUrl(base + "/" + entry.reference()).setResource(resource);
    }

    /** The outcome has an entry for each that was not matched, in their order. */
    private Stored answer(List<PushedEntry> entries, Bundle outcome, Map<String, Labels> labelled) {
        var answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        var written = new LinkedHashMap<PushedEntry, ResourceFacts>();
        var deleted = new ArrayList<IdType>();
        var resources = new ArrayList<Resource>();
        var outcomes = outcome.getEntry().iterator();
        for (var entry : entries) {
            if (entry.isMatched()) {
                answer.addEntry().getResponse().setStatus("200 OK").setLocation(base + "/" + entry.reference());
                continue;
            }
            var response = outcomes.next().getResponse();
            var address = new IdType(response.getLocation());
            var resource = entry.resource();
            if (resource == null) {
                deleted.add(address);
            } else {
                resource.setId(address.toUnqualified());
                sorter.sort(resource.getMeta().setVersionId(address.getVersionIdPart()));
                response.setEtag("W/\"" + address.getVersionIdPart() + "\"")
                        .setLastModified(resource.getMeta().getLastUpdated());
                written.put(entry, facts.read(resource));
                resources.add(resource);
            }
            answer.addEntry()
                    .setResponse(response.setLocation(absolute(address)).setOutcome(null));
        }
        identities.requireSamePatient(written);
        labels.keep(written.values().stream()
                .collect(Collectors.toMap(
                        each -> new Version(each.type(), each.id(), each.version()),
                        each -> labelled.getOrDefault(each.reference(), Labels.NONE))));
        return new Stored(answer, List.copyOf(written.values()), deleted, resources);
    }

    private String absolute(IdType address) {
        return base + "/" + address.toUnqualified().getValue();
    }
}
