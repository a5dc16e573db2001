package org.accordhie.consent.jpa;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Releases and refused reads as the audit trail keeps them, with what they were decided with. Thread-safe. */
public final class RecordedReleases {

    private static final String COLUMNS =
            "SELECT event_id, recorded, organization, client_id, user_ref, purposes, token_id,"
                    + " glass_patient, glass_reason, resources, evidence FROM accord.audit_event WHERE evidence <> ''";

    private final JdbcClient jdbc;

    public RecordedReleases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A recorded release, or a refused read.
     *
     * @param event its event's id
     * @param at when it was decided
     * @param requester who asked, as far as the columns of the trail say
     * @param breakGlass the emergency that was declared; null for none
     * @param resources the versions released, in their order; none of a refused read
     * @param evidence what the decision rested on, as JSON
     */
    public record Release(
            UUID event,
            Instant at,
            Requester requester,
            @Nullable BreakGlass breakGlass,
            List<String> resources,
            String evidence) {

        public Release {
            resources = List.copyOf(resources);
        }
    }

    /** That of an event; nothing if the event is none. */
    public List<Release> of(UUID event) {
        return jdbc.sql(COLUMNS + " AND event_id = ?")
                .param(event)
                .query((row, number) -> release(row))
                .list();
    }

    /** Those about a patient whose evidence names a version of a consent, the earliest first. */
    public List<Release> under(String consent, String patient) {
        return jdbc.sql(
                        COLUMNS
                                + " AND patients @> ARRAY[?::text] AND position(?::text IN evidence) > 0 ORDER BY recorded, event_id")
                .params(patient, "\"" + consent + "/_history/")
                .query((row, number) -> release(row))
                .list();
    }

    /** Some of a span of time, always the same of one seed while nothing is added to the span. */
    public List<Release> some(Instant from, Instant until, int count, int seed) {
        return jdbc.sql(COLUMNS
                        + " AND recorded >= ? AND recorded < ? ORDER BY md5(event_id::text || ?), event_id LIMIT ?")
                .params(Timestamp.from(from), Timestamp.from(until), String.valueOf(seed), count)
                .query((row, number) -> release(row))
                .list();
    }

    private static Release release(ResultSet row) throws SQLException {
        var organization = row.getString("organization");
        var purposes = strings(row.getArray("purposes")).stream()
                .map(PurposeOfUse::valueOf)
                .collect(Collectors.toSet());
        var requester = new Requester(
                row.getString("client_id"),
                row.getString("token_id"),
                organization,
                Set.of(organization),
                row.getString("user_ref"),
                null,
                Set.of(),
                Set.of(),
                purposes);
        var patient = row.getString("glass_patient");
        return new Release(
                row.getObject("event_id", UUID.class),
                row.getTimestamp("recorded").toInstant(),
                requester,
                patient == null ? null : new BreakGlass(patient, row.getString("glass_reason")),
                strings(row.getArray("resources")),
                row.getString("evidence"));
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
