package org.accordhie.sealing.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.sealing.TrailRow;
import org.jspecify.annotations.Nullable;

/** The columns of the trail as the text that is sealed. */
final class TrailColumns {

    /** A text of its own for each, whatever the session's settings are. */
    static final String SELECTED = TrailRow.COLUMNS.stream()
            .map(column -> column.equals("recorded")
                    ? "(extract(epoch FROM recorded) * 1000000)::bigint::text AS recorded"
                    : column + "::text")
            .collect(Collectors.joining(", "));

    private TrailColumns() {}

    static TrailRow read(ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable String>();
        for (var column : TrailRow.COLUMNS) {
            values.add(row.getString(column));
        }
        return new TrailRow(UUID.fromString(row.getString("event_id")), Long.parseLong(row.getString("tx")), values);
    }

    /** When the row was recorded. */
    static Instant recorded(TrailRow row) {
        var micros = Objects.requireNonNull(row.values().get(TrailRow.COLUMNS.indexOf("recorded")));
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
