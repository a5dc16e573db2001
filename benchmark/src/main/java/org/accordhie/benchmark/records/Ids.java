package org.accordhie.benchmark.records;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where one server keeps the items. Thread-safe. */
public final class Ids {

    private final Map<Integer, List<String>> byBundle = new ConcurrentHashMap<>();

    /** Remembers the addresses, as {@code [type]/[id]}, of a bundle's entries. */
    public void put(int bundle, List<String> addresses) {
        byBundle.put(bundle, List.copyOf(addresses));
    }

    /** The address of an item, as {@code [type]/[id]}. */
    public String of(Item item) {
        var addresses = byBundle.get(item.bundle());
        if (addresses == null) {
            throw new IllegalStateException("bundle " + item.bundle() + " is not loaded");
        }
        return addresses.get(item.entry());
    }
}
