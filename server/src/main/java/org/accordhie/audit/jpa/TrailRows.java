package org.accordhie.audit.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.Call;
import org.accordhie.audit.RecordedSpan;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.audit.TrailQuery;
import org.accordhie.audit.TrailQuery.Element;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailSpan;
import org.accordhie.audit.TrailSpan.Mark;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit trail through the released view, which holds no row before {@link #open}. Thread-safe. */
@Component
public final class TrailRows {

    private static final String SETTINGS =
            "SELECT set_config('accord.trail', ?, true), set_config('accord.trail_patient', ?, true)";

    /** To plan over all partitions takes longer than to search them for a patient, and the plan is the same for each. */
    private static final String ONE_PLAN = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)";

    /**
     * When an event was, as no index tells it. One plan knows neither how few events a patient has nor how many lie in a span, and
     * would read the index of times from end to end.
     */
    private static final String TIME_ASIDE = "(recorded + '0'::interval)";

    private static final String COLUMNS =
            "SELECT event_id, recorded, request_id, client_address, interaction, res_type, "
                    + "query, outcome, status, organization, client_id, user_ref, purposes, token_id, patients, resources, "
                    + "glass_patient, glass_reason, evidence";

    private static final String ADDRESSED =
            ") AS e (address) WHERE ARRAY[address, split_part(address, '/_history/', 1)] && ?::text[])";

    /** Each looks at a record with an array of values. */
    private static final Map<Element, String> CONDITIONS = new EnumMap<>(Map.ofEntries(
            Map.entry(Element.ID, "event_id = ANY (?::uuid[])"),
            Map.entry(Element.PATIENT, "patients && ?::text[]"),
            Map.entry(Element.AGENT, "ARRAY[organization, user_ref] && ?::text[]"),
            Map.entry(Element.CLIENT, "client_id = ANY (?::text[])"),
            Map.entry(
                    Element.ENTITY,
                    "EXISTS (SELECT 1 FROM unnest(resources || patients || ARRAY("
                            + "SELECT jsonb_array_elements_text(NULLIF(evidence, '')::jsonb -> 'consents'))"
                            + ADDRESSED),
            Map.entry(Element.RELEASED, "EXISTS (SELECT 1 FROM unnest(resources || patients" + ADDRESSED),
            Map.entry(
                    Element.ADDRESS,
                    "EXISTS (SELECT 1 FROM unnest(?::text[]) AS a (prefix)"
                            + " WHERE starts_with(lower(client_address), prefix))"),
            Map.entry(Element.WHOLE_ADDRESS, "client_address = ANY (?::text[])"),
            Map.entry(Element.PURPOSE, "purposes && ?::text[]"),
            Map.entry(Element.OUTCOME, "outcome = ANY (?::text[])"),
            Map.entry(Element.INTERACTION, "interaction = ANY (?::text[])")));

    /** In the order of the key of each partition. */
    private static final String AFTER = """
            SELECT recorded, event_id FROM audit_event
            WHERE (recorded, event_id) > (?::timestamptz, ?::uuid) AND recorded >= ?::timestamptz AND recorded < ?::timestamptz
              AND %s
            ORDER BY recorded, event_id LIMIT ?
            """;

    private final JdbcClient jdbc;

    TrailRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a search found.
     *
     * @param records those of the page
     * @param total how many there are in all
     */
    public record Found(List<AccessRecord> records, int total) {

        public Found {
            records = List.copyOf(records);
        }
    }

    /** Opens the running transaction's view of the trail as far as this reach. */
    public void open(TrailReach reach) {
        jdbc.sql(SETTINGS)
                .params(reach.extent().name(), reach.patient())
                .query((row, number) -> true)
                .list();
    }

    /** The record with the id; empty if there is none in the view. */
    public Optional<AccessRecord> find(UUID id) {
        return jdbc.sql(COLUMNS + " FROM audit_event WHERE event_id = ?")
                .param(id)
                .query((row, number) -> record(row))
                .optional();
    }

    /** What is in the view and meets the query, with the exact total. */
    public Found search(TrailQuery query) {
        var ofPatients = query.conditions().stream().anyMatch(each -> each.element() == Element.PATIENT);
        var where = Where.of(query, ofPatients ? TIME_ASIDE : "recorded");
        var paged = new ArrayList<>(where.params());
        paged.add(query.page().count());
        paged.add(query.page().offset());
        if (ofPatients) {
            jdbc.sql(ONE_PLAN).query((row, number) -> true).list();
            return Objects.requireNonNull(
                    jdbc.sql(ofPatients(where, query.order())).params(paged).query(TrailRows::found));
        }
        var total = jdbc.sql("SELECT count(*)" + where.sql())
                .params(where.params())
                .query(Integer.class)
                .single();
        var records = jdbc.sql(COLUMNS + where.sql() + ordered(query.order()) + " LIMIT ? OFFSET ?")
                .params(paged)
                .query((row, number) -> record(row))
                .list();
        return new Found(records, total);
    }

    /** The next events of a span in the view, oldest first. */
    public List<Mark> after(Mark mark, TrailSpan span, int limit) {
        var parameters = new ArrayList<Object>(List.of(
                Timestamp.from(mark.recorded()),
                mark.id(),
                Timestamp.from(span.from(mark)),
                Timestamp.from(span.until())));
        var concern = switch (span.concern()) {
            case ANYTHING -> "true";
            case ANY_PATIENT -> "cardinality(patients) > 0";
            case PATIENTS -> "patients && ?::text[]";
        };
        if (span.concern() == TrailSpan.Concern.PATIENTS) {
            parameters.add(span.patients().toArray(String[]::new));
        }
        parameters.add(limit);
        return jdbc.sql(AFTER.formatted(concern))
                .params(parameters)
                .query((row, number) ->
                        new Mark(row.getTimestamp("recorded").toInstant(), row.getObject("event_id", UUID.class)))
                .list();
    }

    /**
     * Finds all first, by the index of patients, and then counts and sorts them. Left to itself the database may read the
     * whole trail by its time until a page is full.
     */
    private static String ofPatients(Where where, TrailQuery.Order order) {
        return "WITH found AS MATERIALIZED (" + COLUMNS + where.sql() + ") SELECT total.count, page.*"
                + " FROM (SELECT count(*) FROM found) AS total LEFT JOIN (SELECT * FROM found" + ordered(order)
                + " LIMIT ? OFFSET ?) AS page ON true" + ordered(order);
    }

    private static String ordered(TrailQuery.Order order) {
        var direction = order == TrailQuery.Order.NEWEST_FIRST ? "DESC" : "ASC";
        return " ORDER BY recorded " + direction + ", event_id " + direction;
    }

    /** Of an empty page there is one row, with the total alone. */
    private static Found found(ResultSet row) throws SQLException {
        var records = new ArrayList<AccessRecord>();
        var total = 0;
        while (row.next()) {
            total = row.getInt("count");
            if (row.getObject("event_id") != null) {
                records.add(record(row));
            }
        }
        return new Found(records, total);
    }

    /** The requester as far as the trail keeps them: neither what they were allowed to be nor whose app they were. */
    private static AccessRecord record(ResultSet row) throws SQLException {
        var organization = row.getString("organization");
        var purposes =
                strings(row, "purposes").stream().map(PurposeOfUse::valueOf).collect(Collectors.toSet());
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
        return new AccessRecord(
                row.getObject("event_id", UUID.class),
                row.getTimestamp("recorded").toInstant(),
                call(row),
                Outcome.valueOf(row.getString("outcome")),
                row.getInt("status"),
                requester,
                strings(row, "patients"),
                strings(row, "resources"),
                row.getString("glass_patient") == null
                        ? null
                        : new BreakGlass(row.getString("glass_patient"), row.getString("glass_reason")),
                row.getString("evidence"));
    }

    private static Call call(ResultSet row) throws SQLException {
        return new Call(
                row.getObject("request_id", UUID.class),
                row.getString("client_address"),
                RestfulInteraction.valueOf(row.getString("interaction")),
                row.getString("res_type"),
                row.getString("query"));
    }

    private static Set<String> strings(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    /** A query as the end of a statement. */
    private record Where(String sql, List<Object> params) {

        static Where of(TrailQuery query, String time) {
            var sql = new StringBuilder(" FROM audit_event WHERE true");
            var params = new ArrayList<>();
            for (var condition : query.conditions()) {
                sql.append(" AND ").append(CONDITIONS.get(condition.element()));
                params.add(condition.values().toArray(String[]::new));
            }
            for (var spans : query.recorded()) {
                sql.append(spans.stream()
                        .map(span -> lies(span, time, params))
                        .collect(Collectors.joining(" OR ", " AND (", ")")));
            }
            return new Where(sql.toString(), params);
        }

        private static String lies(RecordedSpan span, String time, List<Object> params) {
            var bounds = new ArrayList<String>();
            if (span.from() != null) {
                bounds.add(time + " >= ?");
                params.add(Timestamp.from(span.from()));
            }
            if (span.until() != null) {
                bounds.add(time + " < ?");
                params.add(Timestamp.from(span.until()));
            }
            return (span.outside() ? "NOT " : "") + "(" + String.join(" AND ", bounds) + ")";
        }
    }
}
