package org.accordhie.disclosure;

import java.time.Instant;
import java.util.List;

/**
 * A page of an accounting or of a report of accesses.
 *
 * @param patient whose records, as {@code Patient/[id]}
 * @param period what it covers
 * @param asked when it was asked for
 * @param rows those of this page
 * @param total how many rows there are in all
 * @param offset how many come before this page
 * @param <T> a row
 */
public record Told<T>(String patient, AccountingPeriod period, Instant asked, List<T> rows, int total, int offset) {

    public Told {
        rows = List.copyOf(rows);
    }

    /** One page of all rows. */
    public static <T> Told<T> page(
            String patient, AccountingPeriod period, Instant asked, List<T> all, int offset, int count) {
        var from = Math.min(offset, all.size());
        var rows = all.subList(from, (int) Math.min((long) from + count, all.size()));
        return new Told<>(patient, period, asked, rows, all.size(), offset);
    }

    /** Whether rows follow this page. */
    public boolean goesOn() {
        return !rows.isEmpty() && offset + rows.size() < total;
    }
}
