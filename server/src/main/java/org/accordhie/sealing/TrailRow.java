package org.accordhie.sealing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit trail as text.
 *
 * @param id the event's
 * @param transaction the number of the transaction that wrote it
 * @param values every column in the order of {@link #COLUMNS}; null where the row has null
 */
public record TrailRow(UUID id, long transaction, List<@Nullable String> values) {

    /** The columns that are sealed, which are all. Instants are in microseconds since 1970. */
    public static final List<String> COLUMNS = List.of(
            "event_id",
            "recorded",
            "tx",
            "request_id",
            "client_address",
            "interaction",
            "res_type",
            "query",
            "outcome",
            "status",
            "organization",
            "client_id",
            "user_ref",
            "purposes",
            "token_id",
            "glass_patient",
            "glass_reason",
            "patients",
            "resources",
            "evidence");

    public TrailRow {
        if (values.size() != COLUMNS.size()) {
            throw new IllegalArgumentException("a row has " + COLUMNS.size() + " columns");
        }
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** SHA-256 of all columns. */
    public byte[] digest() {
        var digests = new Digests();
        values.forEach(digests::add);
        return digests.digest();
    }
}
