package org.accordhie.intake;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names under which a source can push one thing twice, strongest first. A thing that is known under one of them is the
 * same thing.
 *
 * @param identifiers business identifiers, {@code identifier:[system]|[value]}
 * @param local the source's own address of it: {@code urn:uuid:…} or {@code [type]/[id]}; empty list where it has none
 * @param content a digest of the content, for things without identifiers; empty list otherwise
 */
public record EntryKeys(List<String> identifiers, List<String> local, List<String> content) {

    public EntryKeys {
        identifiers = List.copyOf(identifiers);
        local = List.copyOf(local);
        content = List.copyOf(content);
    }

    /** All of them, strongest first. */
    public List<String> all() {
        return Stream.of(identifiers, local, content).flatMap(List::stream).toList();
    }

    /** These without some, which name more than one thing. */
    public EntryKeys without(java.util.Set<String> ambiguous) {
        return new EntryKeys(
                identifiers.stream().filter(key -> !ambiguous.contains(key)).toList(), local, content);
    }
}
