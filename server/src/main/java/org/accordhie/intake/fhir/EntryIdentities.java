package org.accordhie.intake.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.intake.fhir.BundleRefused.Problem;
import org.accordhie.intake.jpa.SourceIdentities;
import org.accordhie.intake.jpa.SourceIdentities.Name;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Decides for each entry of a bundle which resource it is: one that the source pushed before, or a new one. */
public final class EntryIdentities {

    private final SourceIdentities known;
    private final NewIds newIds;

    public EntryIdentities(SourceIdentities known, NewIds newIds) {
        this.known = known;
        this.newIds = newIds;
    }

    /**
     * Gives each entry its resource's id.
     *
     * @param outside the addresses of references that are matched outside the bundle
     * @throws BundleRefused if an entry is two things, or one that the source does not own
     * @throws PushedMeanwhile if another transaction named the same things first
     */
    void identify(String source, List<PushedEntry> entries, Map<String, String> outside) {
        dropAmbiguous(entries);
        var names = entries.stream().flatMap(entry -> namesOf(entry).stream()).toList();
        var found = known.find(source, names);
        var owned = known.owned(source, addressed(entries));
        var problems = new ArrayList<Problem>();
        for (var entry : entries) {
            identify(entry, found, owned, outside, problems);
        }
        refuseDoubles(entries, problems);
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
        remember(source, entries, found);
    }

    private void identify(
            PushedEntry entry,
            Map<Name, String> found,
            Set<String> owned,
            Map<String, String> outside,
            List<Problem> problems) {
        var address = entry.type() + "/" + entry.addressedId();
        if (owned.contains(address)) {
            entry.identify(entry.addressedId(), true);
            return;
        }
        var identified =
                namesOf(entry).stream().map(found::get).filter(Objects::nonNull).toList();
        if (entry.method() == HTTPVerb.DELETE && identified.isEmpty()) {
            problems.add(new Problem(IssueType.NOTFOUND, entry.path(), "is no resource of this source"));
            return;
        }
        if (byIdentifiers(entry, found).size() > 1) {
            problems.add(new Problem(
                    IssueType.CONFLICT,
                    entry.path() + ".resource.identifier",
                    "these identifiers belong to different resources of this source"));
            return;
        }
        var match = outside.get(entry.ifNoneExist());
        if (identified.isEmpty() && ReferenceTargets.AMBIGUOUS.equals(match)) {
            problems.add(new Problem(
                    IssueType.MULTIPLEMATCHES,
                    entry.path() + ".request.ifNoneExist",
                    "matches more than one resource"));
            return;
        }
        if (identified.isEmpty() && match != null) {
            entry.match(match.substring(match.indexOf('/') + 1));
            return;
        }
        entry.identify(identified.isEmpty() ? newIds.next() : identified.get(0), !identified.isEmpty());
    }

    /**
     * Holds that a stored resource stays with its patient: what is in somebody's record cannot be moved to another's.
     *
     * @param written the facts of the written entries, by entry
     * @throws BundleRefused naming each entry that was moved
     */
    void requireSamePatient(Map<PushedEntry, ResourceFacts> written) {
        var updated = written.entrySet().stream()
                .filter(each -> each.getValue().version() > 1)
                .toList();
        var former = known.compartmentsOf(
                updated.stream().map(each -> each.getKey().reference()).toList());
        var problems = updated.stream()
                .filter(each -> !former.getOrDefault(each.getKey().reference(), Set.of())
                        .equals(each.getValue().compartments()))
                .map(each -> new Problem(
                        IssueType.BUSINESSRULE,
                        each.getKey().path() + ".resource",
                        "is in the record of a patient and cannot be moved to another"))
                .toList();
        if (!problems.isEmpty()) {
            throw new BundleRefused(problems);
        }
    }

    private static Set<String> byIdentifiers(PushedEntry entry, Map<Name, String> found) {
        return entry.keys().identifiers().stream()
                .map(key -> found.get(new Name(entry.type(), key)))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Two entries about one resource have no order, so neither can be the last word. */
    private static void refuseDoubles(List<PushedEntry> entries, List<Problem> problems) {
        var seen = new HashSet<String>();
        entries.stream()
                .filter(entry -> entry.isIdentified() && !entry.isMatched() && !seen.add(entry.reference()))
                .forEach(entry -> problems.add(new Problem(
                        IssueType.DUPLICATE, entry.path(), "is about the same resource as an earlier entry")));
    }

    /** An identifier that stands on two entries of one bundle names neither of them. */
    private static void dropAmbiguous(List<PushedEntry> entries) {
        var seen = new HashSet<Name>();
        var ambiguous = new HashMap<String, Set<String>>();
        for (var entry : entries) {
            for (var key : entry.keys().identifiers()) {
                if (!seen.add(new Name(entry.type(), key))) {
                    ambiguous
                            .computeIfAbsent(entry.type(), type -> new HashSet<>())
                            .add(key);
                }
            }
        }
        entries.forEach(entry -> entry.dropKeys(ambiguous.getOrDefault(entry.type(), Set.of())));
    }

    private void remember(String source, List<PushedEntry> entries, Map<Name, String> found) {
        var added = new HashMap<Name, String>();
        for (var entry : entries) {
            if (entry.method() == HTTPVerb.DELETE) {
                known.remove(entry.type(), entry.id());
            } else if (!entry.isMatched()) {
                namesOf(entry).stream()
                        .filter(name -> !found.containsKey(name))
                        .forEach(name -> added.put(name, entry.id()));
            }
        }
        if (!known.add(source, added)) {
            throw new PushedMeanwhile();
        }
    }

    private static List<Name> namesOf(PushedEntry entry) {
        return entry.keys().all().stream()
                .map(key -> new Name(entry.type(), key))
                .toList();
    }

    private static List<String> addressed(List<PushedEntry> entries) {
        return entries.stream()
                .filter(entry -> !entry.addressedId().isEmpty())
                .map(entry -> entry.type() + "/" + entry.addressedId())
                .toList();
    }
}
