package org.accordhie.consent.web;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.Relation;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds which references of what is told point to something that is not there for the requester: hidden, deleted, or never
 * stored. One query for a whole answer, in the view of the running transaction, and none where everything is told itself.
 */
final class HiddenReferences {

    private static final Set<String> STORED = Set.copyOf(ResourceTypes.STORED);

    /** That a search can be about it is enough: scopes that do not reach a visit's record do not take it from the finding. */
    private static final String THERE = "SELECT accord_released.there(?, ?)";

    private final JdbcClient jdbc;

    HiddenReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The addresses, as {@code [type]/[id]}, that the requester must not read in what others wrote.
     *
     * @param there what can be referred to, as far as it is known; empty where it is to be asked for
     */
    Set<String> in(List<ResourceFacts> told, Requester requester, Optional<Set<String>> there) {
        var hidden = told.stream()
                .filter(facts -> isMasked(requester, facts))
                .flatMap(facts -> facts.allReferences().stream())
                .filter(HiddenReferences::mayBeHidden)
                .collect(Collectors.toCollection(HashSet::new));
        told.forEach(facts -> hidden.remove(facts.reference()));
        if (!hidden.isEmpty()) {
            hidden.removeAll(there.orElseGet(() -> Set.copyOf(there(List.copyOf(hidden)))));
        }
        return hidden;
    }

    /**
     * Whether references are taken out of a resource at all: not for its author, who wrote them and may write them back, and not
     * out of a consent, which would say something else without what it is about.
     */
    static boolean isMasked(Requester requester, ResourceFacts facts) {
        return !facts.type().equals("Consent") && Relation.of(requester, facts) != Relation.AUTHOR;
    }

    /** Whom a record is about, its reader knows: each of these patients has permitted it. */
    private static boolean mayBeHidden(String address) {
        var type = address.substring(0, address.indexOf('/'));
        return STORED.contains(type) && !type.equals("Patient");
    }

    private List<String> there(List<String> addresses) {
        return jdbc.sql(THERE)
                .params(
                        addresses.stream()
                                .map(address -> address.substring(0, address.indexOf('/')))
                                .toArray(String[]::new),
                        addresses.stream()
                                .map(address -> address.substring(address.indexOf('/') + 1))
                                .toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
