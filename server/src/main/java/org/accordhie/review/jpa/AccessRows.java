package org.accordhie.review.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.review.Access;
import org.accordhie.review.DayOfRequests;
import org.accordhie.review.DayOfRequests.Baseline;
import org.accordhie.review.Party;
import org.accordhie.vocabulary.PurposeOfUse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A day of the audit trail as the rules look at it, and what shows a treatment relationship. Thread-safe. */
public final class AccessRows {

    /** Reading the trail and reviewing it is no access to a record, and neither is what patients read of their own. */
    static final String NOT_THEIR_OWN = """
             e.res_type <> 'AuditEvent' AND e.organization <> '' AND coalesce(e.user_ref, '') NOT LIKE 'Patient/%'
             AND NOT (e.interaction = 'OPERATION' AND e.res_type = 'Task' AND e.query LIKE '/$%')
             AND NOT (cardinality(e.purposes) > 0 AND e.purposes <@ ARRAY['PATRQT', 'FAMRQT', 'PWATRNY', 'SUPNWK'])
            """;

    /** What somebody was shown. */
    static final String READS = NOT_THEIR_OWN
            + " AND e.outcome = 'SUCCESS' AND e.interaction NOT IN ('CREATE', 'UPDATE', 'PATCH', 'DELETE', 'TRANSACTION') ";

    private static final String ACCESSES = """
            SELECT e.organization, e.client_id, e.user_ref, p.patient,
              (array_agg(e.event_id ORDER BY e.recorded, e.event_id))[1] AS event,
              bool_or(e.purposes && ?::text[] AND e.glass_patient IS DISTINCT FROM p.patient) AS treatment
            FROM accord.audit_event e CROSS JOIN LATERAL unnest(e.patients) AS p (patient)
            WHERE e.recorded >= ? AND e.recorded < ? AND""" + READS + """
            GROUP BY e.organization, e.client_id, e.user_ref, p.patient
            ORDER BY e.organization, e.client_id, e.user_ref, p.patient
            """;

    private static final String DAYS = """
            SELECT r.organization, r.client_id, r.user_ref, r.event, r.requests, r.refused, coalesce(v.patients, 0) AS patients
            FROM (SELECT e.organization, e.client_id, e.user_ref, count(*) AS requests,
                    (array_agg(e.event_id ORDER BY e.recorded, e.event_id))[1] AS event,
                    count(*) FILTER (WHERE e.outcome = 'REFUSED') AS refused
                  FROM accord.audit_event e
                  WHERE e.recorded >= ? AND e.recorded < ? AND""" + NOT_THEIR_OWN + """
                  GROUP BY e.organization, e.client_id, e.user_ref) r
            LEFT JOIN (SELECT e.organization, e.client_id, e.user_ref, count(DISTINCT p.patient) AS patients
                  FROM accord.audit_event e CROSS JOIN LATERAL unnest(e.patients) AS p (patient)
                  WHERE e.recorded >= ? AND e.recorded < ? AND""" + READS + """
                  GROUP BY e.organization, e.client_id, e.user_ref) v
              ON v.organization = r.organization AND v.client_id = r.client_id AND v.user_ref IS NOT DISTINCT FROM r.user_ref
            ORDER BY r.organization, r.client_id, r.user_ref
            """;

    private static final String BASELINE = """
            SELECT e.client_id, e.user_ref, count(DISTINCT p.patient) AS patients
            FROM accord.audit_event e CROSS JOIN LATERAL unnest(e.patients) AS p (patient)
            WHERE e.organization = ? AND e.recorded >= ? AND e.recorded < ? AND""" + READS + """
            GROUP BY e.client_id, e.user_ref, (e.recorded AT TIME ZONE 'UTC')::date
            """;

    /** What is undated counts: the doubt is the user's. */
    private static final String RELATED = """
            SELECT EXISTS (SELECT 1 FROM accord.release r
              JOIN public.hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL
              WHERE r.is_current AND r.patients @> ARRAY[?::text]
                AND r.res_type IN ('CarePlan', 'CareTeam', 'Encounter', 'Immunization', 'MedicationRequest', 'Procedure', 'Task')
                AND (r.source = ? OR jsonb_exists_any(r.facts -> 'references', ?::text[]))
                AND coalesce((r.facts -> 'dates' ->> 'from')::timestamptz, '-infinity') <= ?
                AND coalesce((r.facts -> 'dates' ->> 'until')::timestamptz, 'infinity') >= ?)
            """;

    private static final int DAYS_BEFORE = 28;

    private final JdbcClient jdbc;

    public AccessRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who was shown data of whom. */
    public List<Access> accesses(LocalDate day) {
        var treatment = Arrays.stream(PurposeOfUse.values())
                .filter(purpose -> purpose.isWithin(PurposeOfUse.TREAT))
                .map(Enum::name)
                .toArray(String[]::new);
        return jdbc.sql(ACCESSES)
                .params(treatment, begin(day), begin(day.plusDays(1)))
                .query((row, number) -> new Access(
                        row.getObject("event", UUID.class),
                        day,
                        ReviewRows.party(row),
                        row.getString("patient"),
                        row.getBoolean("treatment")))
                .list();
    }

    /** What each asked. */
    public List<DayOfRequests> days(LocalDate day) {
        return jdbc.sql(DAYS)
                .params(begin(day), begin(day.plusDays(1)), begin(day), begin(day.plusDays(1)))
                .query((row, number) -> day(day, row))
                .list();
    }

    private static DayOfRequests day(LocalDate day, ResultSet row) throws SQLException {
        return new DayOfRequests(
                row.getObject("event", UUID.class),
                day,
                ReviewRows.party(row),
                row.getInt("patients"),
                row.getInt("requests"),
                row.getInt("refused"));
    }

    /** What was usual in the four weeks before, for the requester and for the others of the organisation. */
    public Baseline baseline(Party party, LocalDate day) {
        var own = new ArrayList<Integer>();
        var peers = new ArrayList<Integer>();
        jdbc.sql(BASELINE)
                .params(party.organization(), begin(day.minusDays(DAYS_BEFORE)), begin(day))
                .query((ResultSet row) -> {
                    var isOwn = party.client().equals(row.getString("client_id"))
                            && Objects.equals(party.user(), row.getString("user_ref"));
                    (isOwn ? own : peers).add(row.getInt("patients"));
                });
        return new Baseline(own, peers);
    }

    /**
     * Whether something shows that the organisation or the person treats the patient around a day: what the organisation wrote, or
     * what names either of them.
     *
     * @param person the party with the practitioner in the place of a role
     */
    public boolean isRelated(Party party, Party person, String patient, LocalDate day, int within) {
        var names = new ArrayList<>(List.of(party.organization()));
        Optional.ofNullable(party.user()).ifPresent(names::add);
        Optional.ofNullable(person.user()).ifPresent(names::add);
        return jdbc.sql(RELATED)
                .params(
                        patient,
                        party.organization(),
                        names.toArray(String[]::new),
                        begin(day.plusDays(within + 1L)),
                        begin(day.minusDays(within)))
                .query(Boolean.class)
                .single();
    }

    /** Whether there is such a resource now, as {@code [type]/[id]}. */
    public boolean isStored(String reference) {
        var parts = reference.split("/", 2);
        return parts.length == 2
                && jdbc.sql("SELECT EXISTS (SELECT 1 FROM public.hfj_resource"
                                + " WHERE res_type = ? AND fhir_id = ? AND res_deleted_at IS NULL)")
                        .params(parts[0], parts[1])
                        .query(Boolean.class)
                        .single();
    }

    /** The day of the first event; empty where there is none. */
    public Optional<LocalDate> first() {
        return jdbc.sql("SELECT recorded FROM accord.audit_event ORDER BY recorded LIMIT 1")
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }

    static Timestamp begin(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Timestamp.from(start);
    }
}
