package org.accordhie.benchmark.work;

import java.util.List;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;

/**
 * A request that reads, told without the ids of any one server.
 *
 * @param template an address below the base, with a {@code @} for each item
 * @param items what it names
 */
record Query(String template, List<Item> items) {

    Query {
        items = List.copyOf(items);
    }

    /** As one server is asked. */
    String on(Ids ids) {
        var address = template;
        for (var item : items) {
            address = address.replaceFirst("@", ids.of(item));
        }
        return address;
    }
}
