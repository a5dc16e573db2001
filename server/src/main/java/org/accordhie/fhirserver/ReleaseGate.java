package org.accordhie.fhirserver;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Lets storage see only what may be released, decides again over what it found, and records the release. */
public interface ReleaseGate {

    /** What finding something by its address needs. */
    List<String> READING_OR_SEARCHING = List.of("r", "s");

    /** What finding something by what it says needs. */
    List<String> SEARCHING = List.of("s");

    /**
     * Runs a read of storage in one transaction with its audit event; nothing is returned unless both are committed.
     *
     * @param storage the read; it must load all it returns
     * @param resources where in what it returns the resources stand
     */
    <T> T release(RequestedInteraction asked, Supplier<T> storage, ToldResources<T> resources);

    /**
     * Runs a look at what the requester may see, of which nothing leaves but whether it is there; no audit event.
     *
     * @param letters the scopes must grant one of these
     */
    <T> T look(RequestedInteraction asked, List<String> letters, Supplier<T> storage);

    /** Of these types, those of which the requester may find nothing by a search parameter, whatever there is. */
    Set<String> closed(RequestedInteraction asked, Collection<String> types, String parameter);
}
